package io.throughline.mapstore.config;

/**
 * Where a PostgreSQL node listens.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65,535
 */
public record HostAndPort(String host, int port) {

    /** As it stands in throughline.yaml: {@code db1.example:5432}, {@code [::1]:5432}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
