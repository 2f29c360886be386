package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.Role;
import io.throughline.localpostgres.watch.Health;
import io.throughline.localpostgres.watch.Sight;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks at a shard over one connection to its primary, kept from look to look. Not thread-safe. */
public final class Lookout implements AutoCloseable {

    private final LiveShard shard;
    private final Duration patience;
    private @Nullable Connection connection;
    private int connectedPort;

    public Lookout(LiveShard shard, Duration patience) {
        this.shard = shard;
        this.patience = patience;
    }

    /** @param inWork which nodes are being worked on */
    public List<Sight> look(Predicate<String> inWork) {
        LiveNode primary = shard.primary();
        Optional<Set<String>> attached = ask(primary);
        return shard.nodes().stream()
                .map(node -> new Sight(
                        node.name(), node.role(), health(node, attached), shard.rests(node), inWork.test(node.name())))
                .toList();
    }

    private static Health health(LiveNode node, Optional<Set<String>> attached) {
        boolean well = node.role() == Role.PRIMARY
                ? attached.isPresent()
                : attached.filter(names -> names.contains(node.slot())).isPresent();
        if (well) {
            return Health.WELL;
        }
        return node.runs() ? Health.SILENT : Health.GONE;
    }

    /** The standbys that are attached, empty where the primary does not answer as one. */
    private Optional<Set<String>> ask(LiveNode primary) {
        if (!primary.runs()) {
            close();
            return Optional.empty();
        }
        try {
            Connection open = connect(primary);
            return Statements.inRecovery(open) ? Optional.empty() : Optional.of(Statements.attachedStandbys(open));
        } catch (SQLException noAnswer) {
            close();
            return Optional.empty();
        }
    }

    private Connection connect(LiveNode primary) throws SQLException {
        Connection open = connection;
        if (open == null || connectedPort != primary.port()) {
            close();
            open = primary.connect(Site.MAINTENANCE, patience);
            connection = open;
            connectedPort = primary.port();
        }
        return open;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException brokenAlready) {
                return;
            }
        }
    }
}
