package io.throughline.cli.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.throughline.cli.transfer.LineReader.Line;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"key":"a","value":…}}, one to a line. In a map of text the value is a JSON string; in one of bytes a string of
 * Base64; in one of JSON it is the document itself, taken character by character as it stands, or {@code "text"} with the
 * document in a string, where it has line breaks.
 */
final class NdjsonReader implements EntryReader {

    private static final int LONGEST_KEY = 4096;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LineReader.LONGEST_LINE_BYTES)
                    .maxNumberLength(LineReader.LONGEST_LINE_BYTES)
                    .maxNestingDepth(100_000)
                    .build())
            .build();
    private final LineReader lines;
    private final MapFormat format;

    NdjsonReader(LineReader lines, MapFormat format) {
        this.lines = lines;
        this.format = format;
    }

    @Override
    public @Nullable Parsed read() throws IOException {
        Line line = lines.read();
        while (line != null && line.text() != null && line.text().isBlank()) {
            line = lines.read();
        }
        return line == null ? null : parse(line);
    }

    private Parsed parse(Line line) {
        String text = line.text();
        if (text == null) {
            return malformed(line, "not UTF-8, or longer than " + LineReader.LONGEST_LINE_BYTES + " bytes");
        }
        try (JsonParser parser = json.createParser(text)) {
            return entry(line, text, parser);
        } catch (JsonProcessingException e) {
            // Behind the first sentence stands where in the source, as Java sees it.
            return malformed(
                    line, "not JSON: " + e.getOriginalMessage().replaceFirst("(?s)[:;]? ?\\((for|start).*", ""));
        } catch (IOException | IllegalArgumentException e) {
            return malformed(line, String.valueOf(e.getMessage()));
        }
    }

    private Parsed entry(Line line, String text, JsonParser parser) throws IOException {
        require(
                parser.nextToken() == JsonToken.START_OBJECT,
                "not a JSON object; expected {\"key\":\"…\",\"value\":…}");
        String key = null;
        String value = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("key")) {
                require(key == null, "'key' comes a second time");
                key = key(parser);
            } else {
                require(value == null, "'" + field + "' comes beside another value");
                value = value(field, text, parser);
            }
        }
        require(parser.nextToken() == null, "something stands behind the object");
        if (key == null || value == null) {
            return malformed(line, "'" + (key == null ? "key" : "value") + "' is missing");
        }
        return new Parsed.Entry(line.number(), line.end(), line.number() + 1, key, value);
    }

    private static String key(JsonParser parser) throws IOException {
        require(
                parser.currentToken() == JsonToken.VALUE_STRING && parser.getTextLength() <= LONGEST_KEY,
                "'key' must be a string of 1 to 512 bytes");
        return parser.getText();
    }

    private String value(String field, String text, JsonParser parser) throws IOException {
        require(
                field.equals("value") || field.equals("text"),
                "'" + field + "' is unknown; a line has 'key' and 'value'");
        if (field.equals("value") && format == MapFormat.JSON) {
            return raw(text, parser);
        }
        require(parser.currentToken() == JsonToken.VALUE_STRING, "'" + field + "' must be a string");
        return parser.getText();
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** As it stands in the line: spaces, digits and the order of fields are kept. */
    private static String raw(String text, JsonParser parser) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return text.substring(from, (int) parser.currentLocation().getCharOffset());
    }

    private static Parsed malformed(Line line, String reason) {
        return new Parsed.Malformed(line.number(), line.end(), line.number() + 1, reason);
    }
}
