package io.throughline.mapstore.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.throughline.mapstore.config.YamlNode.Mapping;
import io.throughline.mapstore.config.YamlNode.Scalar;
import io.throughline.mapstore.config.YamlNode.ScalarKind;
import io.throughline.mapstore.config.YamlNode.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads one YAML document token by token, because Jackson's tree and its data binding forget the line numbers. Aliases
 * and tags are refused: a settings file has no use for them, and half of the YAML parsers in editors disagree on them.
 */
final class YamlReader {

    private final YAMLParser parser;
    private final Problems problems;

    private YamlReader(YAMLParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** @throws MalformedYamlException if it isn't YAML, or not one block of keys */
    static Mapping read(String yaml, Problems problems) {
        try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
            return new YamlReader(parser, problems).document();
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new MalformedYamlException("can't be read: " + e.getMessage(), e);
        }
    }

    private static MalformedYamlException malformed(JsonProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
                return malformed(marked, e);
            }
        }
        JsonLocation location = Objects.requireNonNullElse(e.getLocation(), JsonLocation.NA);
        return malformed(location.getLineNr(), location.getColumnNr(), e.getOriginalMessage(), e);
    }

    // Jackson's own location is that of the last good token, which is lines away where a quote was left open.
    private static MalformedYamlException malformed(MarkedYAMLException marked, Exception cause) {
        Mark found = marked.getProblemMark();
        Mark began = marked.getContextMark();
        String where = marked.getContext() == null || began == null
                ? ""
                : ", " + marked.getContext() + " that begins on line " + (began.getLine() + 1);
        return malformed(found.getLine() + 1, found.getColumn() + 1, marked.getProblem() + where, cause);
    }

    private static MalformedYamlException malformed(int line, int column, String what, Exception cause) {
        return new MalformedYamlException("line " + line + ", column " + column + ": not valid YAML: " + what, cause);
    }

    private Mapping document() throws IOException {
        if (parser.nextToken() == null) {
            throw new MalformedYamlException("is empty; docs/configuration.md has a file to start from", null);
        }
        YamlNode root = node("");
        if (parser.nextToken() != null) {
            throw new MalformedYamlException(
                    "line " + line() + ": a second document begins (---); settings are one document", null);
        }
        if (root instanceof Mapping mapping) {
            return mapping;
        }
        throw new MalformedYamlException(
                "line " + root.line() + ": holds " + root.describe() + " where keys such as \"shards:\" are expected",
                null);
    }

    private YamlNode node(String path) throws IOException {
        JsonToken token = Objects.requireNonNull(parser.currentToken());
        refuseAlias(path);
        return switch (token) {
            case START_OBJECT -> mapping(path);
            case START_ARRAY -> sequence(path);
            case VALUE_NULL -> scalar(ScalarKind.NULL);
            case VALUE_TRUE, VALUE_FALSE -> scalar(ScalarKind.BOOLEAN);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(ScalarKind.NUMBER);
            case VALUE_STRING -> scalar(ScalarKind.STRING);
            case FIELD_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new MalformedYamlException(
                        "line " + line() + ": " + path + " holds something that settings have no use for", null);
        };
    }

    private void refuseAlias(String path) {
        if (parser.isCurrentAlias()) {
            throw new MalformedYamlException(
                    "line " + line() + ": " + path + " is an alias (*name), which isn't read; write its value out",
                    null);
        }
    }

    private Scalar scalar(ScalarKind kind) throws IOException {
        return new Scalar(line(), kind, Objects.requireNonNullElse(parser.getText(), ""));
    }

    private Mapping mapping(String path) throws IOException {
        int start = line();
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = Objects.requireNonNull(parser.currentName());
            int keyLine = line();
            parser.nextToken();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            YamlNode value = node(keyPath);
            YamlNode earlier = entries.putIfAbsent(key, value);
            if (earlier != null) {
                problems.add(
                        keyLine,
                        keyPath,
                        "stands in this block twice, first near line " + earlier.line() + "; keep one of them");
            }
        }
        return new Mapping(start, entries);
    }

    private Sequence sequence(String path) throws IOException {
        int start = line();
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "[" + items.size() + "]"));
        }
        return new Sequence(start, items);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
