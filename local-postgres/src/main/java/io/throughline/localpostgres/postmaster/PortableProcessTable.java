package io.throughline.localpostgres.postmaster;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the system doesn't show a process's folder: the postmaster is known by its command line, the children by their
 * parent. Children whose postmaster is gone aren't found; they notice and end by themselves.
 */
final class PortableProcessTable implements ProcessTable {

    @Override
    public List<Long> on(Path data) {
        return ProcessHandle.allProcesses()
                .filter(candidate -> isPostmaster(candidate, data))
                .flatMap(postmaster -> Stream.concat(Stream.of(postmaster), postmaster.children()))
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public boolean runsOn(Path data, long pid) {
        return ProcessHandle.of(pid)
                .filter(candidate -> isPostmaster(candidate, data))
                .isPresent();
    }

    private static boolean isPostmaster(ProcessHandle candidate, Path data) {
        ProcessHandle.Info known = candidate.info();
        return known.command().filter(command -> command.endsWith("postgres")).isPresent()
                && known.arguments()
                        .filter(arguments -> Arrays.asList(arguments).contains(data.toString()))
                        .isPresent();
    }

    @Override
    public boolean paused(long pid) {
        return false;
    }
}
