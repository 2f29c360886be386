package io.throughline.cli.client;

import com.hazelcast.client.HazelcastClientNotActiveException;
import com.hazelcast.client.HazelcastClientOfflineException;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of an operation that did not succeed.
 *
 * @param code of the grid's own errors, such as {@code VALUE_TOO_LARGE}; empty for an error of Hazelcast's
 */
public record Failure(Outcome outcome, String code, String message) {

    /** What is known of the write. */
    public enum Outcome {
        REFUSED,
        UNKNOWN
    }

    private static final Pattern GRID_ERROR =
            Pattern.compile("\\[(?<outcome>REFUSED|UNKNOWN) (?<code>\\w+)] (?<text>.*)");

    /** Whatever Hazelcast throws by itself may come after the store, so it counts as unknown. */
    public static Failure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Matcher matcher = GRID_ERROR.matcher(
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
            if (matcher.find()) {
                return new Failure(Outcome.valueOf(matcher.group("outcome")), matcher.group("code"), matcher.group());
            }
        }
        boolean neverSent = thrown instanceof HazelcastClientOfflineException
                || thrown instanceof HazelcastClientNotActiveException;
        return new Failure(
                neverSent ? Outcome.REFUSED : Outcome.UNKNOWN,
                "",
                thrown.getClass().getSimpleName() + ": " + thrown.getMessage());
    }

    /** The same key and value would be refused again. */
    public boolean entryIsAtFault() {
        return code.startsWith("KEY_") || code.startsWith("VALUE_");
    }

    public CommandFailed toCommandFailed(Throwable cause) {
        return new CommandFailed(
                switch (outcome) {
                    case REFUSED -> ExitCode.REFUSED;
                    case UNKNOWN -> ExitCode.UNKNOWN;
                },
                message,
                cause);
    }
}
