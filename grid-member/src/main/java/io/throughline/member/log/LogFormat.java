package io.throughline.member.log;

/** How a log event is written. */
public enum LogFormat {
    /** For people. */
    PLAIN,
    /** One JSON object a line. */
    JSON
}
