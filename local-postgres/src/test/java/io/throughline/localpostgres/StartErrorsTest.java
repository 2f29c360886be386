package io.throughline.localpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.account.Account;
import io.throughline.localpostgres.binaries.BinaryCache;
import io.throughline.localpostgres.binaries.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each start that can't be names its cause, and leaves no server and no lock behind. */
class StartErrorsTest {

    private static final TestFolder FOLDER = new TestFolder();
    private static final Path MADE = FOLDER.root().resolve("made");

    @BeforeAll
    static void makeAShard() {
        LocalShards.start(shard(MADE)).close();
    }

    @AfterAll
    static void removeAll() {
        FOLDER.close();
    }

    @Test
    void a_fixed_port_that_is_taken() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            int port = taken.getLocalPort();
            LocalPostgresException refusal = refusal(shard(MADE).withPorts(port, 26001, 26002));
            assertThat(refusal.code()).isEqualTo(Code.PORT_TAKEN);
            assertThat(refusal).hasMessageContaining("shard-1/node-1").hasMessageContaining("port " + port);
        }
        assertNothingRuns();
    }

    @Test
    void a_remembered_port_that_is_taken_is_given_up_for_a_free_one() throws IOException {
        int port = LocalShards.describe(MADE).shards().get(0).nodes().get(1).port();
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            try (LocalShards shards = LocalShards.start(shard(MADE))) {
                assertThat(shards.hosts("shard-1")).hasSize(3).doesNotContain("127.0.0.1:" + port);
            }
        }
    }

    @Test
    void a_folder_that_cannot_be_made() {
        assertThat(refusal(shard(Path.of("/dev/null/grid"))).code()).isEqualTo(Code.FOLDER_NOT_WRITABLE);
    }

    @Test
    void a_folder_whose_way_is_closed_to_the_user_of_postgres() throws IOException {
        Path closed = Files.createDirectory(FOLDER.root().resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        LocalShardsConfig config = shard(closed.resolve("grid"));
        if (Account.root()) {
            LocalPostgresException refusal = refusal(config);
            assertThat(refusal.code()).isEqualTo(Code.FOLDER_NOT_REACHABLE);
            assertThat(refusal).hasMessageContaining("chmod o+x " + closed);
        } else {
            // PostgreSQL then runs as the user whose folder it is.
            LocalShards.start(config).close();
        }
    }

    @Test
    void a_disk_that_is_full() throws IOException {
        Path small = Files.createDirectory(FOLDER.root().resolve("small"));
        if (!Account.root() || !Commands.run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", small.toString())) {
            Assumptions.abort("NOT RUN: a_disk_that_is_full needs the right to mount a small disk");
        }
        try {
            LocalPostgresException refusal = refusal(shard(small.resolve("grid")));
            assertThat(refusal.code()).isEqualTo(Code.DISK_FULL);
            assertThat(refusal).hasMessageContaining("shard-1/node-1");
        } finally {
            Commands.run("umount", small.toString());
        }
    }

    @Test
    void data_of_another_version() throws IOException {
        Path version =
                LocalShards.describe(MADE).shards().get(0).primary().data().resolve("PG_VERSION");
        String before = Files.readString(version);
        Files.writeString(version, "17\n");
        try {
            LocalPostgresException refusal = refusal(shard(MADE));
            assertThat(refusal.code()).isEqualTo(Code.VERSION_DIFFERS);
            assertThat(refusal).hasMessageContaining("PostgreSQL 17").hasMessageContaining("PostgreSQL 18");
        } finally {
            Files.writeString(version, before);
        }
        assertNothingRuns();
    }

    @Test
    void a_library_that_is_missing_where_two_have_unpacked_at_once() throws IOException {
        Path cache = FOLDER.root().resolve("cache");
        BinaryCache binaries = new BinaryCache(cache, Platform.current(), Account.current(), Progress.silent());
        Files.createDirectories(cache.resolve("unpacking-by-one-that-was-killed"));
        CompletableFuture<Path> other =
                CompletableFuture.supplyAsync(() -> binaries.open().home());
        Path home = binaries.open().home();
        assertThat(other.join()).isEqualTo(home);
        assertThat(cache).isDirectoryNotContaining("glob:**unpacking*");

        removeLibraries(home.resolve("lib"));
        LocalPostgresException refusal = refusal(shard(MADE).withBinaryCache(cache));
        assertThat(refusal.code()).isEqualTo(Code.LIBRARIES_MISSING);
        assertThat(refusal).hasMessageContaining("libicu").hasMessageContaining("delete " + home);
    }

    private static void removeLibraries(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("libicu"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void shards_that_another_process_has_started() {
        try (StarterJvm jvm = new StarterJvm(MADE, FOLDER.root().resolve("ids"), "wait", "")) {
            jvm.awaitLine("STARTED");
            LocalPostgresException refusal = refusal(shard(MADE));
            assertThat(refusal.code()).isEqualTo(Code.FOLDER_IN_USE);
            assertThat(refusal).hasMessageContaining("process " + jvm.pid());
            jvm.terminate();
        }
        assertNothingRuns();
    }

    @Test
    void shards_that_this_process_has_started() {
        LocalShards shards = LocalShards.start(shard(MADE));
        try (shards) {
            assertThat(refusal(shard(MADE)).code()).isEqualTo(Code.FOLDER_IN_USE);
            assertThat(refusal(shard(MADE)).code())
                    .as("the first keeps its lock")
                    .isEqualTo(Code.FOLDER_IN_USE);
            assertThat(shards.shard("shard-1").primary().pid()).isPositive();
        }
        assertNothingRuns();
    }

    @Test
    void a_folder_of_someone_else() throws IOException {
        Path foreign = Files.createDirectory(FOLDER.root().resolve("foreign"));
        Files.writeString(foreign.resolve("letter.txt"), "Dear");
        LocalPostgresException refusal = refusal(shard(foreign));
        assertThat(refusal.code()).isEqualTo(Code.FOLDER_NOT_OURS);
        assertThat(refusal).hasMessageContaining("letter.txt");
        assertThatThrownBy(() -> LocalShards.describe(foreign)).hasMessageContaining("No shards");
    }

    @Test
    void another_number_of_shards() {
        LocalPostgresException refusal = refusal(shard(MADE).withShards(3));
        assertThat(refusal.code()).isEqualTo(Code.LAYOUT_DIFFERS);
        assertThat(refusal).hasMessageContaining("has 1 shards, but 3 are asked for");
    }

    @Test
    void a_state_that_cannot_be_read() throws IOException {
        Path state = MADE.resolve("state");
        String before = Files.readString(state);
        for (String broken : List.of(
                "",
                "format = 9\n",
                before.replace("primary", "standby"),
                before.replace("standby", "primary"),
                before.replace("role = stand", "role = strand"),
                before.replace(".floor = ", ".flood = "),
                "no equals sign\n")) {
            Files.writeString(state, broken);
            try {
                assertThat(refusal(shard(MADE)).code()).as(broken).isEqualTo(Code.STATE_UNREADABLE);
            } finally {
                Files.writeString(state, before);
            }
        }
    }

    @Test
    void a_password_that_is_missing() throws IOException {
        Path file = new Secrets(MADE.resolve("secrets")).replicator();
        Path away = file.resolveSibling("away");
        Files.move(file, away);
        try {
            LocalPostgresException refusal = refusal(shard(MADE));
            assertThat(refusal.code()).isEqualTo(Code.SECRETS_MISSING);
            assertThat(refusal).hasMessageContaining(file.toString());
        } finally {
            Files.move(away, file);
        }
    }

    @Test
    void a_folder_whose_making_was_killed_is_made_anew() {
        Path half = FOLDER.root().resolve("half-made");
        for (String step : List.of("making its data folders", "node-1 up on")) {
            try (StarterJvm jvm = new StarterJvm(half, FOLDER.root().resolve("ids"), "wait", step)) {
                assertThat(jvm.awaitEnd()).as(jvm.output()).isEqualTo(9);
            }
        }
        try (LocalShards shards = LocalShards.start(shard(half))) {
            assertThat(shards.shard("shard-1").standbys()).hasSize(2);
        }
    }

    private static LocalShardsConfig shard(Path folder) {
        return LocalShardsConfig.in(folder).withShards(1).withProgress(new PrintedProgress());
    }

    private static LocalPostgresException refusal(LocalShardsConfig config) {
        LocalPostgresException refusal = catchThrowableOfType(
                LocalPostgresException.class, () -> LocalShards.start(config).close());
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }

    private static void assertNothingRuns() {
        assertThat(LocalShards.describe(MADE).startedBy()).isZero();
        assertThat(LocalShards.describe(MADE).shards().get(0).nodes())
                .allMatch(node -> node.condition() == Node.Condition.DOWN);
    }
}
