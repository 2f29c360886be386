package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.Role;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is remembered of a shard. Two rules hold in every record, and so at whatever moment a crash picks:
 *
 * <ul>
 *   <li>There is one primary. One that was primary before another was promoted is {@link Role#STALE} from the same write
 *       on, and only a clone makes it a standby again. So a start cannot bring an old primary back.
 *   <li>Everything that was acknowledged before {@code floor} stands on a standby that has received that far. A node
 *       leaves the standbys only together with a floor that covers all it may have acknowledged. So a standby that is
 *       at or past the floor, and that no other standby is ahead of, has every acknowledged write.
 * </ul>
 *
 * @param made false until its nodes were all made once; what is there before holds nobody's data
 * @param reign counts promotions
 * @param floor how far a standby must have received to be promoted
 */
public record ShardRecord(String name, boolean made, int reign, WalPosition floor, List<NodeRecord> nodes) {

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
        return nodes.stream()
                .filter(node -> node.role() == Role.PRIMARY)
                .findFirst()
                .orElseThrow();
    }

    public ShardRecord asMade() {
        return new ShardRecord(name, true, reign, floor, nodes);
    }

    /** Another primary, which has received this far: the one before is stale from now on. */
    public ShardRecord promoted(String standby, WalPosition received) {
        require(standby, Role.STANDBY);
        List<NodeRecord> after = nodes.stream()
                .map(node -> node.role() == Role.PRIMARY ? node.withRole(Role.STALE) : node)
                .map(node -> node.name().equals(standby) ? node.withRole(Role.PRIMARY) : node)
                .toList();
        return new ShardRecord(name, made, reign + 1, later(received), after);
    }

    /** A standby whose data is about to be thrown away; what it acknowledged lies before {@code written}. */
    public ShardRecord spoiled(String standby, WalPosition written) {
        require(standby, Role.STANDBY);
        ShardRecord without = changed(standby, node -> node.withRole(Role.STALE));
        return new ShardRecord(name, made, reign, later(written), without.nodes);
    }

    /** A clone that has caught up. */
    public ShardRecord cloned(String stale) {
        require(stale, Role.STALE);
        return changed(stale, node -> node.withRole(Role.STANDBY));
    }

    public ShardRecord withPort(String node, int port) {
        return changed(node, before -> before.withPort(port));
    }

    private WalPosition later(WalPosition position) {
        return floor.before(position) ? position : floor;
    }

    private ShardRecord changed(String wanted, UnaryOperator<NodeRecord> change) {
        node(wanted);
        return new ShardRecord(
                name,
                made,
                reign,
                floor,
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
