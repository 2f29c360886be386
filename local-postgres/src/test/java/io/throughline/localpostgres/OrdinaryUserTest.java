package io.throughline.localpostgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.localpostgres.account.Account;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** All other tests run as whoever builds. Where that is root, this one shows that an ordinary user needs nothing. */
class OrdinaryUserTest {

    private static final TestFolder FOLDER = new TestFolder();
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");

    @AfterAll
    static void removeAll() {
        FOLDER.close();
    }

    @Test
    void an_ordinary_user_starts_and_stops_shards() throws IOException {
        Assumptions.assumeTrue(Account.root(), "NOT NEEDED: the other tests run as an ordinary user already");
        Path home = Files.createDirectory(FOLDER.root().resolve("home"));
        String classPath = copyOfTheClassPath(FOLDER.root().resolve("classes"));
        Commands.run("chown", "-R", "65534:65534", FOLDER.root().toString());

        List<String> prefix = new ArrayList<>(List.of("env", "XDG_CACHE_HOME=" + home.resolve("cache")));
        prefix.addAll(AS_NOBODY);
        try (StarterJvm jvm =
                new StarterJvm(prefix, home.resolve("grid"), home.resolve("ids"), "close", "", classPath)) {
            assertThat(jvm.awaitEnd()).as(jvm.output()).isZero();
            assertThat(jvm.output()).contains("STARTED");
        }
        assertThat(home.resolve("cache/throughline")).isDirectory();
    }

    /** The build's own may lie in root's home. */
    private static String copyOfTheClassPath(Path folder) throws IOException {
        Files.createDirectory(folder);
        List<String> copies = new ArrayList<>();
        for (String entry : StarterJvm.classPath().split(File.pathSeparator)) {
            Path copy = folder.resolve(copies.size() + "-" + Path.of(entry).getFileName());
            if (!entry.contains("darwin") && Commands.run("cp", "-r", entry, copy.toString())) {
                copies.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }
}
