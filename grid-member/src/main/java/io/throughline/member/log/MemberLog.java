package io.throughline.member.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up what a member writes to its standard output. In code and not in a logback.xml, as this jar is also on the class
 * path of applications and of ./grid, which have a log of their own.
 */
public final class MemberLog {

    private static final String PLAIN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{24} - %msg%n";

    private static final Map<String, Level> QUIET = Map.of(
            // Advertisements, and advice to switch on what is off on purpose.
            "com.hazelcast.system", Level.WARN,
            "com.hazelcast.system.logo", Level.OFF,
            "com.hazelcast.internal.diagnostics", Level.WARN,
            "com.zaxxer.hikari", Level.WARN,
            "org.flywaydb", Level.WARN);

    private MemberLog() {}

    /**
     * An operator's own logback configuration ({@code -Dlogback.configurationFile}) is left alone.
     *
     * @param levels of loggers; {@code ROOT} is the rest
     */
    public static void configure(LogFormat format, String member, Map<String, Level> levels) {
        if (System.getProperty("logback.configurationFile") != null) {
            return;
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder(format, member, context));
        console.addFilter(new AnsweredRefusals());
        console.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        QUIET.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
        levels.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format, String member, LoggerContext context) {
        return switch (format) {
            case PLAIN -> {
                PatternLayoutEncoder plain = new PatternLayoutEncoder();
                plain.setContext(context);
                plain.setPattern(PLAIN);
                plain.start();
                yield plain;
            }
            case JSON -> {
                JsonLineEncoder json = new JsonLineEncoder(member);
                json.setContext(context);
                json.start();
                yield json;
            }
        };
    }
}
