package io.throughline.mapstore.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:1",
                "127.0.0.1:65535",
                "db1.example:5432",
                "shard_1-a:5432",
                "[::1]:5432",
                "[fe80::1%eth0]:5432"
            })
    void a_host_and_port_reads_back_as_it_was_written(String text) {
        assertThat(HostSyntax.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    db1                     | has no port; write "db1:5432"
                    postgres://db1:5432/a   | is a URL or a path; write host:port alone, such as "db1.example:5432"
                    ::1:5432                | has several colons; write an IPv6 address in brackets, such as "[::1]:5432"
                    db1:5432:5433           | has several colons; write an IPv6 address in brackets, such as "[::1]:5432"
                    db1:                    | isn't host:port, such as "db1.example:5432"
                    db1:abc                 | isn't host:port, such as "db1.example:5432"
                    db1:0                   | has port 0, which is outside 1 to 65535
                    db1:65536               | has port 65536, which is outside 1 to 65535
                    300.1.1.1:5432          | names no possible host: "300.1.1.1" is neither a host name nor an IP address
                    1.2.3:5432              | names no possible host: "1.2.3" is neither a host name nor an IP address
                    a b:5432                | names no possible host: "a b" is neither a host name nor an IP address
                    -a:5432                 | names no possible host: "-a" is neither a host name nor an IP address
                    [db1]:5432              | names no possible host: "db1" is neither a host name nor an IP address
                    :5432                   | names no possible host: "" is neither a host name nor an IP address
                    """)
    void what_is_no_host_and_port_is_refused_with_what_would_be_right(String text, String objection) {
        assertThatThrownBy(() -> HostSyntax.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" " + objection);
    }
}
