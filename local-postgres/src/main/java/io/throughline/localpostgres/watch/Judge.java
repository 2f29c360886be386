package io.throughline.localpostgres.watch;

import io.throughline.localpostgres.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns looks at a shard into orders. A primary is replaced after a few bad looks in a row: one good look in between
 * starts the count again. Standbys are seen to only while the primary is well, as they need it: one whose process is gone
 * is restarted, one that follows nobody for longer is restarted and, where that did not help, cloned; what is stale is
 * cloned. Not thread-safe.
 */
public final class Judge {

    /** One that still is not well after these is cloned. */
    private static final int RESTARTS = 2;

    private final int badLooks;
    private final int silentLooks;
    private final Map<String, Integer> bad = new HashMap<>();
    private final Map<String, Integer> restarts = new HashMap<>();

    /**
     * @param badLooks in a row, after which a primary is replaced and a standby that is gone is restarted
     * @param silentLooks in a row, after which a standby that follows nobody is seen to
     */
    public Judge(int badLooks, int silentLooks) {
        this.badLooks = badLooks;
        this.silentLooks = silentLooks;
    }

    public List<Order> judge(List<Sight> sights) {
        sights.forEach(this::count);
        Sight primary = sights.stream()
                .filter(sight -> sight.role() == Role.PRIMARY)
                .findFirst()
                .orElseThrow();
        if (primary.health() == Health.WELL) {
            List<Order> orders = new ArrayList<>();
            sights.forEach(sight -> order(sight).ifPresent(orders::add));
            return orders;
        }
        if (primary.leftAlone() || bad(primary) < badLooks) {
            return List.of();
        }
        bad.clear();
        return List.of(new Order(Order.Deed.FAIL_OVER, primary.node()));
    }

    private void count(Sight sight) {
        if (sight.health() == Health.WELL) {
            restarts.remove(sight.node());
        }
        if (sight.health() == Health.WELL || sight.leftAlone()) {
            bad.remove(sight.node());
        } else {
            bad.merge(sight.node(), 1, Integer::sum);
        }
    }

    private Optional<Order> order(Sight sight) {
        if (sight.leftAlone()) {
            return Optional.empty();
        }
        return switch (sight.role()) {
            case PRIMARY -> Optional.empty();
            case STALE -> after(badLooks, sight, Order.Deed.CLONE);
            case STANDBY -> standby(sight);
        };
    }

    private Optional<Order> standby(Sight sight) {
        return switch (sight.health()) {
            case WELL -> Optional.empty();
            case GONE -> after(badLooks, sight, restartOrClone(sight));
            case SILENT -> after(silentLooks, sight, restartOrClone(sight));
        };
    }

    private Order.Deed restartOrClone(Sight sight) {
        return restarts.getOrDefault(sight.node(), 0) < RESTARTS ? Order.Deed.RESTART : Order.Deed.CLONE;
    }

    private Optional<Order> after(int looks, Sight sight, Order.Deed deed) {
        if (bad(sight) < looks) {
            return Optional.empty();
        }
        bad.remove(sight.node());
        if (deed == Order.Deed.RESTART) {
            restarts.merge(sight.node(), 1, Integer::sum);
        }
        return Optional.of(new Order(deed, sight.node()));
    }

    private int bad(Sight sight) {
        return bad.getOrDefault(sight.node(), 0);
    }
}
