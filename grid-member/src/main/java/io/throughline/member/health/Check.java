package io.throughline.member.health;

import java.util.Map;

/**
 * One thing that must hold for a member to be ready.
 *
 * @param reason why it doesn't hold, empty where it does
 * @param ageMillis how old this finding is
 * @param details what else is worth showing
 */
public record Check(String name, boolean ok, String reason, long ageMillis, Map<String, Object> details) {

    public Check {
        details = Map.copyOf(details);
    }

    /** Found just now; holds where there is no reason against it. */
    public static Check of(String name, String reason) {
        return new Check(name, reason.isEmpty(), reason, 0, Map.of());
    }

    public Check with(Map<String, Object> moreDetails) {
        return new Check(name, ok, reason, ageMillis, moreDetails);
    }

    Check aged(long millis) {
        return new Check(name, ok, reason, millis, details);
    }
}
