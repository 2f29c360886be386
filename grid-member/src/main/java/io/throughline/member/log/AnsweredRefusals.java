package io.throughline.member.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Drops what Hazelcast logs when the map store refuses an operation: the client has the refusal, a counter counts it, and
 * a client that sends nothing but bad values would else fill the disk with stack traces.
 */
final class AnsweredRefusals extends Filter<ILoggingEvent> {

    private static final String REFUSED = "[REFUSED ";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        IThrowableProxy error = event.getThrowableProxy();
        boolean answered = event.getLoggerName().startsWith("com.hazelcast.")
                && error != null
                && error.getMessage() != null
                && error.getMessage().startsWith(REFUSED);
        return answered ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
