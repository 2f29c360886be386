package io.throughline.mapstore.config;

import static io.throughline.mapstore.config.SettingsFolder.SHORTEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

    private static final String FROM_ENVIRONMENT =
            SHORTEST.replace("password-file: secrets/throughline.password", "password-env: PASSWORD");

    @TempDir
    Path temp;

    SettingsFolder settings;

    @BeforeEach
    void make_the_folder() {
        settings = new SettingsFolder(temp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass word", "pass word\n", "pass word\r\n"})
    void the_line_break_at_a_files_end_is_not_part_of_the_password(String content) {
        settings.passwordFile(content, "rw-------");

        assertThat(settings.read(SHORTEST).database().credentials().password()).isEqualTo(new Secret("pass word"));
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        settings.refuses(
                SHORTEST.replace("throughline.password", "other.password"),
                "line 2, database.password-file: " + temp.resolve("secrets/other.password") + " doesn't exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \n"})
    void an_empty_file_is_refused(String content) {
        Path file = settings.passwordFile(content, "rw-------");

        settings.refuses(
                SHORTEST,
                "line 2, database.password-file: " + file + " is empty; it should hold the password and nothing else");
    }

    @Test
    void a_file_of_several_lines_is_refused_without_showing_them() {
        Path file = settings.passwordFile("one\ntwo\n", "rw-------");

        settings.refuses(
                SHORTEST,
                "line 2, database.password-file: " + file
                        + " holds more than one line; it should hold the password and nothing else");
    }

    @Test
    void a_folder_is_no_password_file() {
        settings.refuses(
                SHORTEST.replace("secrets/throughline.password", "secrets"),
                "line 2, database.password-file: " + temp.resolve("secrets") + " isn't a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void a_file_that_others_may_open_is_refused(String mode) {
        Path file = settings.passwordFile("rows\n", mode);

        settings.refuses(
                SHORTEST,
                "line 2, database.password-file: " + file + " is open to others than its owner (mode " + mode
                        + "); run: chmod 600 " + file);
    }

    @Test
    void a_container_engines_read_only_secret_may_be_readable_but_not_writable_by_others() {
        assertThat(PasswordFile.openTo(PosixFilePermissions.fromString("r--r--r--"), true))
                .isFalse();
        assertThat(PasswordFile.openTo(PosixFilePermissions.fromString("r--r--r--"), false))
                .isTrue();
        assertThat(PasswordFile.openTo(PosixFilePermissions.fromString("rw-rw-r--"), true))
                .isTrue();
    }

    @Test
    void a_password_comes_from_an_environment_variable() {
        assertThat(settings.read(FROM_ENVIRONMENT, Map.of("PASSWORD", "rows"))
                        .database()
                        .credentials()
                        .password())
                .isEqualTo(new Secret("rows"));
    }

    @Test
    void a_variable_that_is_not_set_is_named() {
        settings.refuses(
                FROM_ENVIRONMENT,
                "line 2, database.password-env: the environment variable PASSWORD is not set in this JVM");
    }

    @Test
    void an_empty_variable_is_no_password() {
        assertThatThrownBy(() -> settings.read(FROM_ENVIRONMENT, Map.of("PASSWORD", "")))
                .hasMessageContaining("the environment variable PASSWORD is empty in this JVM");
    }

    @Test
    void a_file_and_a_variable_together_are_refused() {
        settings.refuses(
                SHORTEST.replace("database:", "database:\n  password-env: PASSWORD"),
                "line 2, database.password-env: stands beside password-file; keep one of them");
    }
}
