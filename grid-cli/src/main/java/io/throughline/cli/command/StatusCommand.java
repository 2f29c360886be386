package io.throughline.cli.command;

import io.throughline.cli.ExitCode;
import io.throughline.cli.GridOption;
import io.throughline.cli.JsonOption;
import io.throughline.cli.RunningGrid;
import io.throughline.cli.client.MemberHealth;
import io.throughline.cli.folder.FolderLock;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.GridState;
import io.throughline.cli.folder.MemberProcesses;
import io.throughline.cli.shards.NodeConnections;
import io.throughline.cli.shards.NodeProbe;
import io.throughline.cli.shards.NodeState;
import io.throughline.cli.terminal.Screen;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = {
            "Shows every member and every PostgreSQL node.",
            "Address, role, process, what it says of itself. Exit code 0 if the grid is ready, 1 if not, 3 if it"
                    + " does not run."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid status",
            "  ./grid status --json | jq -r '.shards[].primary'",
            "  until ./grid status > /dev/null; do sleep 1; done"
        })
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private GridOption grid = new GridOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        GridDirectory directory = grid.directory();
        GridState state = directory.existingState();
        GridReport report = state.phase() == GridState.Phase.STOPPED ? stopped(directory, state) : ask(directory);
        if (json.wanted()) {
            json.print(report.toJson());
        } else if (state.phase() == GridState.Phase.STOPPED) {
            Screen.of(spec.commandLine()).print("Grid in " + directory + ": stopped. './grid up' starts it.");
        } else {
            report.print(Screen.of(spec.commandLine()));
        }
        return exitCode(report).status();
    }

    private static ExitCode exitCode(GridReport report) {
        if (report.phase() == GridState.Phase.STOPPED) {
            return ExitCode.NOT_RUNNING;
        }
        return report.ready() ? ExitCode.DONE : ExitCode.NO;
    }

    private static GridReport ask(GridDirectory directory) {
        RunningGrid running = RunningGrid.in(directory);
        Map<String, ProcessHandle> processes = MemberProcesses.of(directory);
        List<GridReport.Member> members = running.state().members().parallelStream()
                .map(member -> new GridReport.Member(
                        member.name(),
                        member.address(),
                        member.health(),
                        processes.containsKey(member.name())
                                ? processes.get(member.name()).pid()
                                : 0,
                        MemberHealth.of(member)))
                .toList();
        long upPid = FolderLock.holder(directory).orElse(0);
        boolean takingOver = upPid != 0 && upPid != running.state().upPid();
        return new GridReport(
                directory,
                takingOver ? GridState.Phase.STARTING : running.state().phase(),
                upPid,
                members,
                shards(running));
    }

    private static List<GridReport.Shard> shards(RunningGrid running) {
        NodeProbe probe = new NodeProbe(NodeConnections.of(running.config()));
        List<GridState.Node> all = running.state().shards().stream()
                .flatMap(shard -> shard.nodes().stream())
                .toList();
        List<NodeState> states = probe.ask(all);
        List<GridReport.Node> nodes = IntStream.range(0, all.size())
                .mapToObj(i -> new GridReport.Node(states.get(i), all.get(i).pid()))
                .toList();
        return running.state().shards().stream()
                .map(shard -> new GridReport.Shard(
                        shard.name(),
                        nodes.stream()
                                .filter(node -> node.state().name().startsWith(shard.name() + "/"))
                                .toList()))
                .toList();
    }

    private static GridReport stopped(GridDirectory directory, GridState state) {
        return new GridReport(
                directory,
                state.phase(),
                0,
                state.members().stream()
                        .map(member -> new GridReport.Member(
                                member.name(), member.address(), "", 0, new MemberHealth(false, "it is stopped")))
                        .toList(),
                state.shards().stream()
                        .map(shard -> new GridReport.Shard(
                                shard.name(),
                                shard.nodes().stream()
                                        .map(node ->
                                                new GridReport.Node(NodeState.stopped(node.name(), node.address()), 0))
                                        .toList()))
                        .toList());
    }
}
