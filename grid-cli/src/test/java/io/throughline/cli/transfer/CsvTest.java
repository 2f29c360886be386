package io.throughline.cli.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

    private static CsvReader open(String file, String key, String value) throws IOException {
        LineReader lines = new LineReader(new ByteArrayInputStream(file.getBytes(UTF_8)), 0, 1);
        return new CsvReader(lines, CsvReader.header(lines), key, value);
    }

    private static List<Parsed> read(String file) throws IOException {
        CsvReader reader = open(file, "key", "value");
        List<Parsed> all = new ArrayList<>();
        for (Parsed next = reader.read(); next != null; next = reader.read()) {
            all.add(next);
        }
        return all;
    }

    @Test
    void what_is_written_is_read_again() throws IOException {
        CsvWriter writer = new CsvWriter();
        List<String> awkward = List.of("plain", "", " ", "a,b", "say \"hi\"", "two\nlines", "cr\r\nlf", "ä€😀");
        StringBuilder file = new StringBuilder(writer.header());
        awkward.forEach(text -> file.append(writer.entry("k" + text, text)));

        assertThat(read(file.toString()))
                .extracting(parsed -> ((Parsed.Entry) parsed).value())
                .isEqualTo(awkward);
    }

    @Test
    void columns_are_found_by_name() throws IOException {
        assertThat(open("a,body,id\n1,2,3\n", "id", "body").read()).isEqualTo(new Parsed.Entry(2, 16, 3, "3", "2"));
        assertThatThrownBy(() -> open("a,b\n", "key", "b")).hasMessageContaining("no column 'key', only a, b");
        assertThatThrownBy(() -> open("", "key", "value")).hasMessageContaining("empty");
    }

    @Test
    void an_entry_over_several_lines_is_named_by_its_first() throws IOException {
        List<Parsed> all = read("key,value\na,\"1\n2\n3\"\nb,4\n");

        assertThat(all.get(0)).isEqualTo(new Parsed.Entry(2, 20, 5, "a", "1\n2\n3"));
        assertThat(all.get(1)).isEqualTo(new Parsed.Entry(5, 24, 6, "b", "4"));
    }

    @Test
    void every_mistake_names_its_line_and_the_next_entry_is_read() throws IOException {
        List<Parsed> all = read("key,value\na,b,c\nd\"x,e\n\"f\"g,h\ni,j\n");

        assertThat(all.subList(0, 3)).extracting(Parsed::line).containsExactly(2L, 3L, 4L);
        assertThat(all.subList(0, 3))
                .extracting(parsed -> ((Parsed.Malformed) parsed).reason())
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("3 fields, but the header has 2"),
                        reason -> assertThat(reason).contains("not quoted"),
                        reason -> assertThat(reason).contains("behind a closing quote"));
        assertThat(all.get(3)).isInstanceOf(Parsed.Entry.class);
    }

    @Test
    void a_quote_that_is_never_closed_says_how_far_it_goes() throws IOException {
        List<Parsed> all = read("key,value\na,\"1\nb,2\nc,3\n");

        assertThat(all).singleElement().isInstanceOf(Parsed.Malformed.class);
        assertThat(((Parsed.Malformed) all.get(0)).reason())
                .contains("never closed")
                .contains("up to line 4");
    }
}
