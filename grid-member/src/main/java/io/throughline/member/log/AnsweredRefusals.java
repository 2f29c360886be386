package io.throughline.member.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Drops what Hazelcast logs when the map store refuses an operation: the client has the refusal, a counter counts it, and
 * a client that sends nothing but bad values would else fill the disk with stack traces. So would, after a member has
 * stalled, the attempts that come after their fallbacks, and what a new owner has no room for or the database refuses.
 */
final class AnsweredRefusals extends Filter<ILoggingEvent> {

    private static final List<String> ANSWERS =
            List.of("[REFUSED ", "[UNKNOWN ATTEMPT_REPEATED]", "[UNKNOWN OVERLOADED]", "[UNKNOWN DATABASE_REFUSED]");

    @Override
    public FilterReply decide(ILoggingEvent event) {
        IThrowableProxy error = event.getThrowableProxy();
        String message = error == null ? null : error.getMessage();
        boolean answered = event.getLoggerName().startsWith("com.hazelcast.")
                && message != null
                && ANSWERS.stream().anyMatch(message::startsWith);
        return answered ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
