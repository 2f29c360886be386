package io.throughline.cli.command;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Partitions as people name them: {@code 0-9,73}. */
final class PartitionList {

    private static final Pattern PART = Pattern.compile("(?<from>\\d{1,5})(-(?<to>\\d{1,5}))?");

    private PartitionList() {}

    /**
     * Empty for an empty text.
     *
     * @throws CommandFailed if it is no such list, or the grid hasn't so many partitions
     */
    static Set<Integer> parse(String text, int count) {
        Set<Integer> partitions = new TreeSet<>();
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                Matcher matcher = PART.matcher(part.strip());
                if (!matcher.matches()) {
                    throw usage("'" + part + "' is no partition; write --partitions 0-9,73");
                }
                int from = Integer.parseInt(matcher.group("from"));
                int to = matcher.group("to") == null ? from : Integer.parseInt(matcher.group("to"));
                if (from > to || to >= count) {
                    throw usage("'" + part + "' are no partitions of this grid, which has 0 to " + (count - 1));
                }
                IntStream.rangeClosed(from, to).forEach(partitions::add);
            }
        }
        return partitions;
    }

    private static CommandFailed usage(String message) {
        return new CommandFailed(ExitCode.USAGE, message + ".");
    }
}
