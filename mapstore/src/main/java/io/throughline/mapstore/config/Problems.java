package io.throughline.mapstore.config;

import static java.util.stream.Collectors.joining;

import io.throughline.mapstore.GridConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers every mistake in a file, so that an operator mends them in one go. */
final class Problems {

    private record Problem(int line, String path, String text) {

        @Override
        public String toString() {
            return "line " + line + ", " + path + ": " + text;
        }
    }

    private final List<Problem> problems = new ArrayList<>();

    /** @param path the keys that lead there, such as {@code shards.shard-1.hosts[0]} */
    void add(int line, String path, String text) {
        problems.add(new Problem(line, path, text));
    }

    void throwIfAny(Path file) {
        if (problems.isEmpty()) {
            return;
        }
        String lines = problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> "\n  " + problem)
                .collect(joining());
        throw new GridConfigException(file + " can't be used:" + lines);
    }
}
