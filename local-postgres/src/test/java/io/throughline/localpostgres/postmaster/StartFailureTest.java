package io.throughline.localpostgres.postmaster;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.localpostgres.LocalPostgresException.Code;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT_TAKEN          | could not bind IPv4 address \"127.0.0.1\": Address already in use",
                "DISK_FULL           | could not write to file \"pg_wal/xlogtemp.7\": No space left on device",
                "VERSION_DIFFERS     | The data directory was initialized by PostgreSQL version 17, which is not"
                        + " compatible with this version 18.4.",
                "LIBRARIES_MISSING   | postgres: error while loading shared libraries: libstdc++.so.6: cannot open",
                "LIBRARIES_MISSING   | /lib/libc.so.6: version `GLIBC_2.28' not found (required by postgres)",
                "ALREADY_RUNNING     | FATAL:  lock file \"postmaster.pid\" already exists",
                "ALREADY_RUNNING     | FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use",
                "OUT_OF_MEMORY       | FATAL:  could not map anonymous shared memory: Cannot allocate memory",
                "FOLDER_NOT_WRITABLE | could not open file \"postmaster.pid\": Permission denied",
                "FOLDER_NOT_WRITABLE | FATAL:  data directory \"/grid\" has wrong ownership",
                "START_FAILED        | PANIC:  could not locate a valid checkpoint record at 0/1",
            })
    void the_cause_is_found_in_what_the_server_wrote(Code code, String written) {
        assertThat(StartFailure.code("LOG:  starting PostgreSQL 18.4\n" + written + "\n"))
                .isEqualTo(code);
    }
}
