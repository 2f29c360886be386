package io.throughline.cli.folder;

import io.throughline.member.MemberCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The member processes that were started from a folder, told by their own command lines: a member that outlived its {@code
 * up} is found although nobody wrote down its pid, and a pid that now belongs to someone else is never taken for one.
 */
public final class MemberProcesses {

    private static final String CONFIG = "--config";
    private static final String NAME = "--name";

    private MemberProcesses() {}

    /** By the member's name. */
    public static Map<String, ProcessHandle> of(GridDirectory directory) {
        String config = directory.config().toString();
        return ProcessHandle.allProcesses()
                .map(process -> Map.entry(arguments(process), process))
                .filter(entry -> entry.getKey().contains(MemberCommand.class.getName()))
                .filter(entry -> valueOf(CONFIG, entry.getKey()).equals(config))
                .filter(entry -> entry.getValue().isAlive())
                .collect(Collectors.toMap(
                        entry -> valueOf(NAME, entry.getKey()), Map.Entry::getValue, (first, second) -> second));
    }

    private static String valueOf(String option, List<String> arguments) {
        int at = arguments.lastIndexOf(option);
        return at < 0 || at + 1 >= arguments.size() ? "" : arguments.get(at + 1);
    }

    /** Java's own view is cut at 4,096 bytes on Linux, which a long class path fills. */
    private static List<String> arguments(ProcessHandle process) {
        Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return List.of(
                    Files.readString(commandLine, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException notLinuxOrGone) {
            return process.info().arguments().map(List::of).orElse(List.of());
        }
    }
}
