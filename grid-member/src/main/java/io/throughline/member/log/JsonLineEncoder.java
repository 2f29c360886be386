package io.throughline.member.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as one line of JSON with the keys {@code time}, {@code level}, {@code member}, {@code logger}, {@code
 * thread}, {@code message}, what the MDC holds, and {@code error} with the stack trace where there is one. Thread-safe.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private final String member;

    JsonLineEncoder(String member) {
        this.member = member;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256).append('{');
        add(line, "time", event.getInstant().toString());
        add(line, "level", event.getLevel().toString());
        add(line, "member", member);
        add(line, "logger", event.getLoggerName());
        add(line, "thread", event.getThreadName());
        add(line, "message", event.getFormattedMessage());
        event.getMDCPropertyMap().forEach((key, value) -> add(line, key, value));
        if (event.getThrowableProxy() != null) {
            add(line, "error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void add(StringBuilder line, String key, @Nullable String value) {
        JsonStringEncoder quoting = JsonStringEncoder.getInstance();
        line.append(line.length() == 1 ? "\"" : ",\"");
        quoting.quoteAsString(key, line);
        line.append("\":\"");
        quoting.quoteAsString(value == null ? "" : value, line);
        line.append('"');
    }
}
