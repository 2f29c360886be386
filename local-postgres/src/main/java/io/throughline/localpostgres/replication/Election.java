package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.folder.WalPosition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which standby becomes primary. With ANY 1 a commit was acknowledged by one standby, and nobody knows which: so all of
 * them must be asked, and the one that has received most is taken. One that can't be asked may be the one. The floor
 * covers what standbys acknowledged that count no longer ({@link io.throughline.localpostgres.folder.ShardRecord}).
 */
final class Election {

    private Election() {}

    /** @param refusal why no one may be promoted, empty where someone may */
    record Outcome(String node, WalPosition position, String refusal) {

        boolean refused() {
            return !refusal.isEmpty();
        }
    }

    /** @param positions of all standbys; empty where one could not be asked */
    static Outcome hold(Map<String, Optional<WalPosition>> positions, WalPosition floor) {
        String best = "";
        WalPosition furthest = WalPosition.START;
        for (Map.Entry<String, Optional<WalPosition>> standby : new TreeMap<>(positions).entrySet()) {
            if (standby.getValue().isEmpty()) {
                return refusal(standby.getKey() + " could not be asked how far it has received, and may have what no"
                        + " other has");
            }
            WalPosition position = standby.getValue().get();
            if (best.isEmpty() || furthest.before(position)) {
                best = standby.getKey();
                furthest = position;
            }
        }
        if (best.isEmpty()) {
            return refusal("no standby is fit to be promoted");
        }
        if (furthest.before(floor)) {
            return refusal(best + " has received up to " + furthest + ", but writes up to " + floor
                    + " may have been acknowledged");
        }
        return new Outcome(best, furthest, "");
    }

    private static Outcome refusal(String why) {
        return new Outcome("", WalPosition.START, why);
    }
}
