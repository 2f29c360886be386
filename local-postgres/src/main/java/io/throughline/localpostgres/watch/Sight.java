package io.throughline.localpostgres.watch;

import io.throughline.localpostgres.Role;

/**
 * One node as a look showed it.
 *
 * @param resting whether it was stopped on purpose
 * @param inWork whether it is being restarted or cloned right now
 */
public record Sight(String node, Role role, Health health, boolean resting, boolean inWork) {

    boolean leftAlone() {
        return resting || inWork;
    }
}
