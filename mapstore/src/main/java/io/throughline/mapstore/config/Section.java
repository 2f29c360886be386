package io.throughline.mapstore.config;

import io.throughline.mapstore.config.YamlNode.Mapping;
import io.throughline.mapstore.config.YamlNode.Scalar;
import io.throughline.mapstore.config.YamlNode.ScalarKind;
import io.throughline.mapstore.config.YamlNode.Sequence;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One block of keys of throughline.yaml. It is read key by key; whatever is wrong goes to {@link Problems} and reading
 * goes on with a stand-in, so that one run finds everything. Which keys are known follows from which were asked for.
 */
final class Section {

    private final String path;
    private final Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    Section(String path, Mapping mapping, Problems problems) {
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        known.add(key);
        return mapping.entries().containsKey(key);
    }

    /** Notes a mistake at this key, or at the block itself if the key is absent. */
    void problem(String key, String text) {
        YamlNode node = mapping.entries().get(key);
        problems.add(node == null ? mapping.line() : node.line(), pathOf(key), text);
    }

    private void problem(YamlNode node, String nodePath, String text) {
        problems.add(node.line(), nodePath, text);
    }

    private @Nullable YamlNode node(String key) {
        known.add(key);
        return mapping.entries().get(key);
    }

    /** The text at this key if it has the form; the fallback if the key is absent. */
    String text(String key, String fallback, Form form) {
        return text(key, form).orElse(fallback);
    }

    /** The text at this key if it has the form; empty if it hasn't, which is then reported, or if the key is absent. */
    Optional<String> text(String key, Form form) {
        YamlNode node = node(key);
        Optional<String> text = node == null ? Optional.empty() : text(node, pathOf(key));
        text.flatMap(form::objection).ifPresent(objection -> problem(key, objection));
        return text.filter(form::allows);
    }

    private Optional<String> text(YamlNode node, String nodePath) {
        if (node instanceof Scalar scalar && scalar.kind() == ScalarKind.STRING) {
            return Optional.of(scalar.text());
        }
        String remedy = node instanceof Scalar scalar && scalar.kind() != ScalarKind.NULL
                ? "; write \"" + scalar.text() + "\" in quotes"
                : "";
        problem(node, nodePath, "is " + node.describe() + " where text is expected" + remedy);
        return Optional.empty();
    }

    /** {@code true} or {@code false}, which is what all versions of YAML agree on. */
    boolean flag(String key, boolean fallback) {
        YamlNode node = node(key);
        if (node == null) {
            return fallback;
        }
        if (node instanceof Scalar scalar
                && scalar.kind() == ScalarKind.BOOLEAN
                && scalar.text().matches("true|false")) {
            return Boolean.parseBoolean(scalar.text());
        }
        problem(key, "is " + node.describe() + " where true or false is expected; the default is " + fallback);
        return fallback;
    }

    /** One of an enum's names, in lower case. */
    <E extends Enum<E>> E choice(String key, E fallback) {
        List<String> names = Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return text(key, Form.of(String.join("|", names), String.join(", ", names)))
                .map(text -> Enum.valueOf(
                        fallback.getDeclaringClass(),
                        text.toUpperCase(Locale.ROOT).replace('-', '_')))
                .orElse(fallback);
    }

    int number(String key, Bounds<Integer> bounds) {
        YamlNode node = node(key);
        if (node == null) {
            return bounds.fallback();
        }
        Optional<Integer> number = wholeNumber(node);
        if (number.isEmpty()) {
            problem(
                    key,
                    "is " + node.describe() + " where a whole number from " + bounds.min() + " to " + bounds.max()
                            + " is expected; the default is " + bounds.fallback());
        } else if (!bounds.allow(number.get())) {
            outside(key, node.describe(), bounds, String::valueOf);
        } else {
            return number.get();
        }
        return bounds.fallback();
    }

    // YAML 1.1 reads 010 as eight and 1_000 as a thousand, YAML 1.2 reads neither so: only what all agree on is taken.
    private static Optional<Integer> wholeNumber(YamlNode node) {
        boolean plain = node instanceof Scalar scalar
                && scalar.kind() == ScalarKind.NUMBER
                && scalar.text().matches("-?(0|[1-9][0-9]{0,8})");
        return plain ? Optional.of(Integer.valueOf(((Scalar) node).text())) : Optional.empty();
    }

    Duration duration(String key, Bounds<Duration> bounds) {
        YamlNode node = node(key);
        if (node == null) {
            return bounds.fallback();
        }
        Optional<Duration> duration =
                node instanceof Scalar scalar ? DurationText.parse(scalar.text()) : Optional.empty();
        if (duration.isEmpty()) {
            problem(
                    key,
                    "is " + node.describe() + " where a time with its unit is expected, such as "
                            + DurationText.format(bounds.fallback()) + " or 250ms; units are ms, s, m and h");
        } else if (!bounds.allow(duration.get())) {
            outside(key, node.describe(), bounds, DurationText::format);
        } else {
            return duration.get();
        }
        return bounds.fallback();
    }

    /** As {@link #duration}, for what can't be told apart below a second. */
    Duration wholeSeconds(String key, Bounds<Duration> bounds) {
        if (node(key) instanceof Scalar scalar && scalar.text().endsWith("ms")) {
            problem(
                    key,
                    "is " + scalar.describe() + " where whole seconds are expected, such as "
                            + DurationText.format(bounds.fallback()) + ": the PostgreSQL driver counts in them");
            return bounds.fallback();
        }
        return duration(key, bounds);
    }

    private <T extends Comparable<T>> void outside(
            String key, String found, Bounds<T> bounds, Function<T, String> format) {
        problem(
                key,
                found + " is outside " + format.apply(bounds.min()) + " to " + format.apply(bounds.max()) + ": "
                        + bounds.why() + "; the default is " + format.apply(bounds.fallback()));
    }

    /** The block at this key; an empty one if the key is absent. */
    Section section(String key) {
        YamlNode node = node(key);
        return new Section(pathOf(key), node == null ? absent() : block(node, pathOf(key)), problems);
    }

    /** The blocks below this key by the names that the operator gave them, in the file's order. */
    Map<String, Section> named(String key, String what, Form form) {
        Map<String, Section> sections = new LinkedHashMap<>();
        YamlNode names = node(key);
        Mapping block = names == null ? absent() : block(names, pathOf(key));
        if (block.entries().isEmpty()) {
            problem(key, "names no " + what + "; at least one is needed");
        }
        block.entries().forEach((name, node) -> {
            String namePath = pathOf(key) + "." + name;
            form.objection(name).ifPresent(objection -> problem(node, namePath, "this name " + objection));
            sections.put(name, new Section(namePath, block(node, namePath), problems));
        });
        return sections;
    }

    private Mapping absent() {
        return new Mapping(mapping.line(), Map.of());
    }

    private Mapping block(YamlNode node, String nodePath) {
        if (node instanceof Mapping block) {
            return block;
        }
        problem(
                node,
                nodePath,
                "holds " + node.describe()
                        + " where keys are expected, indented below it; to take the defaults leave it out");
        return new Mapping(node.line(), Map.of());
    }

    /**
     * Text items, at least one; each comes with its place, as {@code hosts[0]} is reported by itself.
     *
     * @param remedy ends the error's sentence if there are none
     */
    List<Item> items(String key, String remedy) {
        YamlNode node = node(key);
        List<YamlNode> items = node instanceof Sequence sequence ? sequence.items() : List.of();
        if (items.isEmpty()) {
            String found =
                    node == null ? "is missing" : node instanceof Sequence ? "is empty" : "is " + node.describe();
            problem(key, found + "; " + remedy);
        }
        return IntStream.range(0, items.size())
                .mapToObj(index -> item(items.get(index), pathOf(key) + "[" + index + "]"))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Item> item(YamlNode node, String itemPath) {
        return text(node, itemPath).map(text -> new Item(text, problem -> problem(node, itemPath, problem)));
    }

    /** @param problems takes what is wrong with this item */
    record Item(String text, Consumer<String> problems) {

        void problem(String problem) {
            problems.accept(problem);
        }
    }

    /** Call it after everything was asked for. */
    void refuseUnknownKeys() {
        for (String key : mapping.entries().keySet()) {
            if (!known.contains(key)) {
                String meant = KnownKeys.nearest(key, known)
                        .map(near -> "did you mean " + near + "? ")
                        .orElse("");
                problem(key, "unknown key; " + meant + "known here: " + String.join(", ", known));
            }
        }
    }
}
