package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.Role;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is remembered of a shard. There is one primary at any time, and a node that was primary before another was
 * promoted is {@link Role#STALE} from the same write on; only a clone makes it a standby again. So whatever moment a
 * crash picks, the next start cannot bring an old primary back.
 *
 * @param made false until its nodes were all made once; what is there before holds nobody's data
 * @param reign counts promotions
 */
public record ShardRecord(String name, boolean made, int reign, List<NodeRecord> nodes) {

    public ShardRecord {
        nodes = List.copyOf(nodes);
        long primaries =
                nodes.stream().filter(node -> node.role() == Role.PRIMARY).count();
        if (primaries != 1) {
            throw new IllegalArgumentException(name + " has " + primaries + " primaries, but must have one");
        }
    }

    public NodeRecord node(String wanted) {
        return nodes.stream()
                .filter(node -> node.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no node named " + wanted));
    }

    public NodeRecord primary() {
        return withRole(Role.PRIMARY).get(0);
    }

    public List<NodeRecord> withRole(Role role) {
        return nodes.stream().filter(node -> node.role() == role).toList();
    }

    public ShardRecord asMade() {
        return new ShardRecord(name, true, reign, nodes);
    }

    /** Another primary: the one before is stale from now on. */
    public ShardRecord promoted(String standby) {
        require(standby, Role.STANDBY);
        return new ShardRecord(
                name,
                made,
                reign + 1,
                nodes.stream()
                        .map(node -> node.name().equals(standby)
                                ? node.withRole(Role.PRIMARY)
                                : node.role() == Role.PRIMARY ? node.withRole(Role.STALE) : node)
                        .toList());
    }

    /** A standby whose data is about to be thrown away. */
    public ShardRecord spoiled(String standby) {
        require(standby, Role.STANDBY);
        return changed(standby, node -> node.withRole(Role.STALE));
    }

    /** A clone that has caught up. */
    public ShardRecord cloned(String stale) {
        require(stale, Role.STALE);
        return changed(stale, node -> node.withRole(Role.STANDBY));
    }

    public ShardRecord withPort(String node, int port) {
        return changed(node, before -> before.withPort(port));
    }

    private ShardRecord changed(String wanted, UnaryOperator<NodeRecord> change) {
        return new ShardRecord(
                name,
                made,
                reign,
                nodes.stream()
                        .map(node -> node.name().equals(wanted) ? change.apply(node) : node)
                        .toList());
    }

    private void require(String wanted, Role role) {
        if (node(wanted).role() != role) {
            throw new IllegalArgumentException(
                    name + "/" + wanted + " is " + node(wanted).role() + ", not " + role);
        }
    }
}
