package io.throughline.cli.local;

import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.LocalGridConfig;
import io.throughline.cli.folder.FolderLock;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.GridState;
import io.throughline.cli.folder.GridState.Phase;
import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.mapstore.GridConfigException;
import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.Throughline;
import io.throughline.member.MemberNotReadyException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Brings a grid up step by step, and down again if a step fails. One use. */
public final class GridStart {

    private final LocalGridConfig config;
    private final GridDirectory directory;
    private final BooleanSupplier cancelled;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    public GridStart(LocalGridConfig config, BooleanSupplier cancelled) {
        this.config = config;
        this.directory = config.directory();
        this.cancelled = cancelled;
    }

    /** @throws CommandFailed with the cause and the way out */
    public GridParts run() {
        try {
            return steps();
        } catch (RuntimeException e) {
            RuntimeException failure = explained(e);
            undo.forEach(step -> {
                try {
                    step.run();
                } catch (RuntimeException another) {
                    failure.addSuppressed(another);
                }
            });
            throw failure;
        }
    }

    private GridParts steps() {
        directory.open();
        FolderLock lock = FolderLock.take(directory);
        undo.push(lock::close);
        PortClaims claims = PortClaims.open();
        undo.push(claims::close);
        rewriteState(state -> state.startingBy(ProcessHandle.current().pid()));
        stopLeftOvers();
        undo.push(() -> rewriteState(GridState::stopped));
        LocalShards shards = startShards();
        undo.push(shards::close);
        RunningMembers members = new RunningMembers(config, ports(claims));
        GridParts parts = new GridParts(directory, lock, claims, shards, members);
        GridFiles files = new GridFiles(directory);
        files.write(shards, members.addresses());
        parts.remember(Phase.STARTING);
        migrate(files);
        undo.push(members::stopAll);
        startMembers(members);
        parts.remember(Phase.RUNNING);
        return parts;
    }

    private void rewriteState(UnaryOperator<GridState> change) {
        directory.state().ifPresent(state -> change.apply(state).write(directory.stateFile()));
    }

    private void stopLeftOvers() {
        List<String> names = LeftOverMembers.stop(directory);
        if (!names.isEmpty()) {
            tell("", "stopped " + String.join(", ", names) + ", left over from an earlier ./grid up");
        }
    }

    /** Also when all is to be stopped: shards that an earlier up has left running can only be stopped once they are ours. */
    private LocalShards startShards() {
        return LocalShards.start(LocalShardsConfig.in(directory.postgres())
                .withShards(config.shards())
                .withStopAtExit(false)
                .withProgress(config.progress()));
    }

    /** Those of the last time where they are free. */
    private List<Integer> ports(PortClaims claims) {
        List<Integer> remembered = directory.state().map(GridState::memberAddresses).orElse(List.of()).stream()
                .map(address -> Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))
                .toList();
        return claims.take(config.members(), remembered, config.firstPort());
    }

    private void migrate(GridFiles files) {
        goOn();
        tell("", "bringing the schema up to date");
        Throughline.open(files.migrationYaml()).close();
    }

    private void startMembers(RunningMembers members) {
        goOn();
        tell("", "starting " + config.members() + " members");
        members.startAll(this::goOn);
        members.awaitReady(this::goOn, member -> tell(member.name(), "ready at " + members.addressOf(member)));
    }

    private void tell(String place, String step) {
        config.progress().step(place, step);
    }

    private void goOn() {
        if (cancelled.getAsBoolean()) {
            throw new CommandFailed(ExitCode.DONE, "Stopped while it started.");
        }
    }

    private static RuntimeException explained(RuntimeException e) {
        if (e instanceof LocalPostgresException postgres && postgres.code() == Code.FOLDER_IN_USE) {
            return new CommandFailed(ExitCode.BUSY, String.valueOf(e.getMessage()), e);
        }
        boolean saysItself = e instanceof LocalPostgresException
                || e instanceof GridConfigException
                || e instanceof StartRefusedException
                || e instanceof MemberNotReadyException
                || e instanceof UncheckedIOException;
        return saysItself ? new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()), e) : e;
    }
}
