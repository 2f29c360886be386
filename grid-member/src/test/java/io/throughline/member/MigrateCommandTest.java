package io.throughline.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.mapstore.GridConfigException;
import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.Throughline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Members that don't hold the password of the role that owns the tables. */
@ExtendWith(SharedGrid.Once.class)
class MigrateCommandTest {

    private static final String DATABASE = "migrated";

    @TempDir
    Path config;

    private final SharedGrid grid;

    MigrateCommandTest(SharedGrid grid) {
        this.grid = grid;
    }

    @BeforeEach
    void a_new_database_and_a_configuration_without_migration() throws IOException {
        for (var shard : grid.shards().shards()) {
            grid.sql(shard.name()).update("DROP DATABASE IF EXISTS " + DATABASE);
            grid.sql(shard.name()).update("CREATE DATABASE " + DATABASE + " OWNER throughline_owner");
        }
        String yaml = Files.readString(grid.configDirectory().resolve("throughline.yaml"));
        Files.writeString(throughlineYaml(), yaml.replaceFirst("name: throughline\n", "name: " + DATABASE + "\n"));
    }

    @Test
    void a_member_finds_what_the_command_has_made() {
        assertThatThrownBy(() -> Throughline.open(throughlineYaml()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("Run grid-member migrate");

        assertThat(migrate("--password-file", owner())).isZero();

        try (Throughline opened = Throughline.open(throughlineYaml())) {
            assertThat(opened.config().migration()).isNull();
        }
    }

    @Test
    void without_a_role_nothing_is_made() {
        assertThatThrownBy(() -> Throughline.migrate(throughlineYaml(), null))
                .isInstanceOf(GridConfigException.class)
                .hasMessageContaining("no migration section");
        assertThat(migrate()).isEqualTo(ExitCode.CONFIG.status());
    }

    @Test
    void a_role_that_owns_nothing_is_refused_with_the_shards_name() {
        String said = complaint(
                "--user",
                "throughline",
                "--password-file",
                grid.shards().secrets().application().toString());

        assertThat(said).contains("shard-1", "That role must own the database");
    }

    @Test
    void a_missing_password_file_is_named() {
        assertThat(complaint("--password-file", config.resolve("nowhere").toString()))
                .contains("the owner's password: ", "nowhere doesn't exist");
    }

    private String complaint(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThat(migrate(arguments)).isIn(ExitCode.CONFIG.status(), ExitCode.START_REFUSED.status());
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private int migrate(String... options) {
        String[] arguments = new String[options.length + 3];
        System.arraycopy(options, 0, arguments, 3, options.length);
        arguments[0] = "migrate";
        arguments[1] = "--config";
        arguments[2] = config.toString();
        return MemberCommand.commandLine().execute(arguments);
    }

    private String owner() {
        return grid.shards().secrets().owner().toString();
    }

    private Path throughlineYaml() {
        return config.resolve("throughline.yaml");
    }
}
