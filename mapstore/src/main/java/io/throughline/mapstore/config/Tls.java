package io.throughline.mapstore.config;

import java.util.Locale;

/** How a connection to PostgreSQL is encrypted, and what is asked of the server's certificate; libpq's {@code sslmode}. */
public enum Tls {
    DISABLE,
    /** Encrypted where the server can; a network that is not one's own can still read along. */
    PREFER,
    /** Encrypted, by whoever answers. */
    REQUIRE,
    /** Signed by the certificate that is given. */
    VERIFY_CA,
    /** And made out to the host that is connected to. */
    VERIFY_FULL;

    public String sslmode() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean verifies() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }
}
