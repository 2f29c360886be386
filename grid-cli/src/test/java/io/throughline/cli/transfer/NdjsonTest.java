package io.throughline.cli.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NdjsonTest {

    private static List<Parsed> read(MapFormat format, byte[] file) throws IOException {
        NdjsonReader reader = new NdjsonReader(new LineReader(new ByteArrayInputStream(file), 0, 1), format);
        List<Parsed> all = new ArrayList<>();
        for (Parsed next = reader.read(); next != null; next = reader.read()) {
            all.add(next);
        }
        return all;
    }

    private static List<Parsed> read(MapFormat format, String file) throws IOException {
        return read(format, file.getBytes(UTF_8));
    }

    private static String reasonOf(MapFormat format, String line) throws IOException {
        List<Parsed> all = read(format, line);
        assertThat(all).singleElement().isInstanceOf(Parsed.Malformed.class);
        return ((Parsed.Malformed) all.get(0)).reason();
    }

    @Test
    void what_is_written_is_read_again_for_every_kind_of_value() throws IOException {
        String awkward = "ä€😀 \"quoted\" back\\slash\ttab\nline\r\n end";
        for (MapFormat format : List.of(MapFormat.TEXT, MapFormat.BINARY)) {
            String line = new NdjsonWriter(format).entry(awkward, awkward);
            assertThat(line).endsWith("\n").containsOnlyOnce("\n");
            assertThat(read(format, line))
                    .singleElement()
                    .isEqualTo(new Parsed.Entry(1, line.getBytes(UTF_8).length, 2, awkward, awkward));
        }
    }

    @Test
    void a_json_document_is_kept_character_by_character() throws IOException {
        for (String document : List.of(
                "{ \"b\": 1.00, \"a\" :[ 1e400,2 ],\"a\":\"\\u00e4\" }",
                "\"text\"",
                "12345678901234567890.10",
                "null",
                "[ ]",
                "{\n  \"over\": \"lines\"\r\n}")) {
            String line = new NdjsonWriter(MapFormat.JSON).entry("k", document);
            assertThat(read(MapFormat.JSON, line))
                    .singleElement()
                    .extracting(parsed -> ((Parsed.Entry) parsed).value())
                    .isEqualTo(document);
        }
    }

    @Test
    void positions_tell_where_to_go_on() throws IOException {
        String first = "{\"key\":\"ä\",\"value\":\"1\"}\r\n\n";
        String second = "{\"value\":\"2\",\"key\":\"b\"}";
        List<Parsed> all = read(MapFormat.TEXT, first + second);

        assertThat(all).hasSize(2);
        assertThat(all.get(0).nextLine()).isEqualTo(2);
        assertThat(all.get(1).line()).isEqualTo(3);
        assertThat(all.get(1).end()).isEqualTo((first + second).getBytes(UTF_8).length);
    }

    @Test
    void a_byte_order_mark_is_not_part_of_the_first_line() throws IOException {
        assertThat(read(MapFormat.TEXT, "\uFEFF{\"key\":\"a\",\"value\":\"1\"}"))
                .singleElement()
                .isInstanceOf(Parsed.Entry.class);
    }

    @Test
    void a_malformed_line_says_what_is_wrong_and_the_next_one_is_read() throws IOException {
        List<Parsed> all = read(MapFormat.TEXT, "{\"key\":\"a\",\n{\"key\":\"b\",\"value\":\"2\"}\n");

        assertThat(all.get(0)).isInstanceOf(Parsed.Malformed.class);
        assertThat(all.get(1)).isEqualTo(new Parsed.Entry(2, 36, 3, "b", "2"));
    }

    @Test
    void every_mistake_has_its_reason() throws IOException {
        assertThat(reasonOf(MapFormat.TEXT, "[1]")).contains("not a JSON object");
        assertThat(reasonOf(MapFormat.TEXT, "{\"value\":\"1\"}")).contains("'key' is missing");
        assertThat(reasonOf(MapFormat.TEXT, "{\"key\":\"a\"}")).contains("'value' is missing");
        assertThat(reasonOf(MapFormat.TEXT, "{\"key\":1,\"value\":\"1\"}")).contains("'key' must be a string");
        assertThat(reasonOf(MapFormat.TEXT, "{\"key\":\"a\",\"value\":1}")).contains("'value' must be a string");
        assertThat(reasonOf(MapFormat.TEXT, "{\"key\":\"a\",\"value\":\"1\",\"ttl\":5}"))
                .contains("'ttl'");
        assertThat(reasonOf(MapFormat.TEXT, "{\"key\":\"a\",\"key\":\"b\",\"value\":\"1\"}"))
                .contains("second time");
        assertThat(reasonOf(MapFormat.TEXT, "{\"key\":\"a\",\"value\":\"1\"} x"))
                .contains("JSON");
        assertThat(reasonOf(MapFormat.JSON, "{\"key\":\"a\",\"value\":{]}")).contains("not JSON");
    }

    @Test
    void a_line_that_is_not_utf_8_is_malformed_and_ends_at_its_line_end() throws IOException {
        List<Parsed> all = read(MapFormat.TEXT, new byte[] {'"', (byte) 0xC3, '"', '\n', '{', '}'});

        assertThat(all).hasSize(2).allMatch(Parsed.Malformed.class::isInstance);
        assertThat(((Parsed.Malformed) all.get(0)).reason()).contains("UTF-8");
        assertThat(all.get(1).line()).isEqualTo(2);
    }
}
