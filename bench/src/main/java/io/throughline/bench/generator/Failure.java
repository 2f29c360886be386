package io.throughline.bench.generator;

import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operation's error as its caller must take it: refused only where the grid says so, and unknown whatever else Hazelcast
 * throws, since that can come after the store.
 *
 * @param code such as {@code REFUSED OVERLOADED}, {@code UNKNOWN WRITE_TIMEOUT}, {@code UNKNOWN TargetDisconnectedException}
 */
public record Failure(boolean refused, String code, String message) {

    private static final Pattern CODE = Pattern.compile("\\[((REFUSED|UNKNOWN) [A-Z_]+)]");

    public static Failure of(Throwable thrown) {
        Throwable error =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            Matcher matcher = CODE.matcher(message);
            if (matcher.find()) {
                return new Failure("REFUSED".equals(matcher.group(2)), matcher.group(1), message);
            }
        }
        return new Failure(false, "UNKNOWN " + error.getClass().getSimpleName(), String.valueOf(error.getMessage()));
    }
}
