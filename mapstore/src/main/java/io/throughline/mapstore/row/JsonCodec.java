package io.throughline.mapstore.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.hazelcast.core.HazelcastJsonValue;
import io.throughline.mapstore.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * {@code HazelcastJsonValue} and {@code json}. The text is parsed before it is sent, as one malformed value would fail
 * the batch that it shares; the nesting limit stays far below PostgreSQL's stack. Names of fields are not kept from one value to the
 * next: values with names of their own cost thirty times as much with Jackson's table of them (docs/performance.md), and 150 names of
 * one hash it takes for an attack.
 */
record JsonCodec(int maxBytes, JsonFactory parsers) implements ValueCodec {

    private static final int MAX_DEPTH = 500;

    JsonCodec(int maxBytes) {
        this(
                maxBytes,
                JsonFactory.builder()
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxStringLength(Integer.MAX_VALUE)
                                .maxNumberLength(Integer.MAX_VALUE)
                                .maxNameLength(Integer.MAX_VALUE)
                                .build())
                        .build());
    }

    @Override
    public ColumnValue toColumn(Object value) throws InvalidRowException {
        if (!(value instanceof HazelcastJsonValue json)) {
            throw ValueLimit.wrongType(value, "HazelcastJsonValue (value-format: json)");
        }
        String text = json.toString();
        int bytes = ValueLimit.textBytes(text, maxBytes);
        parse(text);
        return new ColumnValue(text, bytes);
    }

    private void parse(String text) throws InvalidRowException {
        try (JsonParser parser = parsers.createParser(text)) {
            if (parser.nextToken() == null) {
                throw malformed("the value is empty, and an empty text is no JSON");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw malformed("the value holds more than one JSON document");
            }
        } catch (StreamConstraintsException tooDeep) {
            throw malformed("the value is nested deeper than " + MAX_DEPTH);
        } catch (JsonProcessingException e) {
            throw malformed("the value is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidRowException malformed(String message) {
        return new InvalidRowException(ErrorCode.VALUE_JSON_INVALID, message);
    }

    @Override
    public Object fromColumn(Object column) {
        return new HazelcastJsonValue((String) column);
    }
}
