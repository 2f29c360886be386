package io.throughline.mapstore.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code host:port}. Looks nothing up: whether the host exists shows when a member connects. */
final class HostSyntax {

    // Underscores aren't in RFC 952, but container engines make such names.
    private static final Pattern NAME = Pattern.compile("(?!-)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?");
    private static final Pattern FORM = Pattern.compile("(\\[(?<six>.*)]|(?<name>[^:\\[\\]]*)):(?<port>\\d{1,6})");

    private HostSyntax() {}

    /** @throws IllegalArgumentException with what is wrong and what would be right */
    static HostAndPort parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" " + objection(text));
        }
        String six = matcher.group("six");
        String host = six != null ? six : matcher.group("name");
        if (!(six != null ? IPV6 : NAME).matcher(host).matches()
                || (DIGITS_AND_DOTS.matcher(host).matches()
                        && !IPV4.matcher(host).matches())) {
            throw new IllegalArgumentException("\"" + text + "\" names no possible host: \"" + host
                    + "\" is neither a host name nor an IP address");
        }
        int port = Integer.parseInt(matcher.group("port"));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("\"" + text + "\" has port " + port + ", which is outside 1 to 65535");
        }
        return new HostAndPort(host, port);
    }

    private static String objection(String text) {
        if (text.contains("/")) {
            return "is a URL or a path; write host:port alone, such as \"db1.example:5432\"";
        }
        if (text.chars().filter(character -> character == ':').count() > 1 && !text.startsWith("[")) {
            return "has several colons; write an IPv6 address in brackets, such as \"[::1]:5432\"";
        }
        if (!text.contains(":") && NAME.matcher(text).matches()) {
            return "has no port; write \"" + text + ":5432\"";
        }
        return "isn't host:port, such as \"db1.example:5432\"";
    }
}
