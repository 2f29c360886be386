package io.throughline.torture.grid;

import io.throughline.cli.LocalGrid;
import io.throughline.cli.LocalGridConfig;
import io.throughline.cli.local.GridWatch;
import io.throughline.localpostgres.FailoverWatch;
import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.Progress;
import io.throughline.localpostgres.Shard;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.member.MemberNetwork;
import io.throughline.member.MemberNotReadyException;
import io.throughline.member.MemberProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A grid as {@code ./grid up} runs it, with its watches, to be tortured. Thread-safe. */
public final class TortureGrid implements AutoCloseable {

    public static final int MEMBERS = 3;
    private static final int STANDBYS = 2;

    private final LocalGrid local;
    private final TortureSite site;
    private final @Nullable SmallDisks disks;
    private final FailoverWatch failovers;
    private final GridWatch watch;

    private TortureGrid(LocalGrid local, TortureSite site, @Nullable SmallDisks disks, Progress progress) {
        this.local = local;
        this.site = site;
        this.disks = disks;
        this.failovers = local.shards().watch();
        this.watch = new GridWatch(local, progress);
    }

    /**
     * @param folder new or empty, and open to other users, as PostgreSQL runs as another where this runs as root
     * @param progress told what is started, what ends and what is replaced
     */
    public static TortureGrid start(Path folder, TortureNeeds needs, Progress progress, BooleanSupplier cancelled) {
        LocalGridConfig config = LocalGridConfig.in(folder);
        TortureSite site = new TortureSite(config.directory(), needs);
        LocalGridConfig tortured =
                config.withMembers(MEMBERS).withHeap("256m").withSite(site).withProgress(progress);
        try {
            LocalGrid local = LocalGrid.start(tortured, cancelled);
            return new TortureGrid(local, site, needs.disks() ? disks(local) : null, progress);
        } catch (RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private static SmallDisks disks(LocalGrid local) {
        try {
            return SmallDisks.under(local.shards());
        } catch (RuntimeException e) {
            local.close();
            throw e;
        }
    }

    public LocalGrid local() {
        return local;
    }

    public GridConfig config() {
        return new GridConfigReader().read(local.directory().throughlineYaml());
    }

    public Path clientYaml() {
        return local.directory().config().resolve("hazelcast-client.yaml");
    }

    /** Empty where none was asked for. */
    public Optional<MemberNetwork> network() {
        return site.network();
    }

    public Optional<SmallDisks> disks() {
        return Optional.ofNullable(disks);
    }

    public Optional<FakeClocks> clocks() {
        return site.clocks();
    }

    /** Where a member within an application listens. */
    public int embeddedPort() {
        return site.embeddedPort();
    }

    /** What the JVM of that application needs beside what every member does. */
    public List<String> embeddedJvmOptions() {
        return site.jvmOptions(MEMBERS + 1);
    }

    /** What is not as it should be, a line each. */
    public List<String> ailments() {
        List<String> ailments = new ArrayList<>();
        local.members().forEach(member -> ailment(member).ifPresent(ailments::add));
        local.shards().shards().forEach(shard -> ailments.addAll(ailments(shard)));
        return ailments;
    }

    private static Optional<String> ailment(MemberProcess member) {
        try {
            member.awaitReady(Duration.ZERO);
            return Optional.empty();
        } catch (MemberNotReadyException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> ailments(Shard shard) {
        List<String> ailments = new ArrayList<>();
        for (Node node : shard.nodes()) {
            if (node.condition() != Node.Condition.RUNNING) {
                ailments.add(node.id() + " is " + node.condition());
            }
        }
        if (shard.standbys().size() < STANDBYS) {
            ailments.add(shard.name() + " has " + shard.standbys().size() + " standbys");
        }
        return ailments;
    }

    /** Everything that runs is ended in order; the folder stays. */
    @Override
    public void close() {
        watch.close();
        failovers.close();
        site.network().ifPresent(MemberNetwork::heal);
        local.close();
        disks().ifPresent(SmallDisks::close);
        site.close();
    }
}
