package io.throughline.member.health;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The answer of {@code /health/ready}.
 *
 * @param ready whether clients should be sent here
 * @param reason what stands against it, empty where nothing does
 */
public record Readiness(boolean ready, String name, String member, String reason, List<Check> checks) {

    public static Readiness of(String name, String member, List<Checks> sources) {
        List<Check> checks =
                sources.stream().flatMap(source -> source.current().stream()).toList();
        String reason = checks.stream()
                .filter(check -> !check.ok())
                .map(check -> check.name() + ": " + check.reason())
                .collect(Collectors.joining("; "));
        return new Readiness(reason.isEmpty(), name, member, reason, checks);
    }
}
