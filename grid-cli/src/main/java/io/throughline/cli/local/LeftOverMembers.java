package io.throughline.cli.local;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.MemberProcesses;
import io.throughline.member.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Members that outlived the {@code up} that started them. They are asked to leave in order, as no one can watch over a
 * process that isn't its child; what they had is on the shards.
 */
public final class LeftOverMembers {

    private static final Duration IN_ORDER = Duration.ofSeconds(30);
    private static final Duration KILLED = Duration.ofSeconds(10);

    private LeftOverMembers() {}

    /** Returns their names once they are gone. */
    public static List<String> stop(GridDirectory directory) {
        List<String> names = new ArrayList<>();
        List<ProcessIdentity> members = new ArrayList<>();
        for (Map.Entry<String, ProcessHandle> member :
                MemberProcesses.of(directory).entrySet()) {
            names.add(member.getKey());
            members.add(ProcessIdentity.of(member.getValue()));
        }
        for (ProcessIdentity member : members) {
            member.resume();
            member.terminate();
        }
        long deadline = System.nanoTime() + IN_ORDER.toNanos();
        for (ProcessIdentity member : members) {
            if (!member.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                kill(member);
            }
        }
        return names;
    }

    private static void kill(ProcessIdentity member) {
        member.kill();
        if (!member.awaitEnd(KILLED)) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "A member of an earlier ./grid up (pid " + member.pid()
                            + ") can't be ended. End it, then try again.");
        }
    }
}
