package io.throughline.member;

import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.NetworkConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tries the member's address before Hazelcast does. Where it isn't one of this machine's, Hazelcast would take another,
 * reachable from outside, with no more than a warning; and its error for a port in use names neither file nor key.
 */
final class ListenAddress {

    private static final Pattern RANGE = Pattern.compile(".*[*-].*");

    private ListenAddress() {}

    /** @throws MemberStartException if the member can't listen where it's told to */
    static void check(MemberSettings settings, NetworkConfig network) {
        InterfacesConfig interfaces = network.getInterfaces();
        Collection<String> addresses = interfaces.getInterfaces();
        if (!interfaces.isEnabled()
                || addresses.stream().anyMatch(address -> RANGE.matcher(address).matches())) {
            return;
        }
        InetAddress local = localOneOf(settings, addresses);
        if (!network.isPortAutoIncrement() && network.getPort() != 0) {
            tryPort(settings, local, network.getPort());
        }
    }

    private static InetAddress localOneOf(MemberSettings settings, Collection<String> addresses) {
        return addresses.stream()
                .flatMap(address -> resolved(address).stream())
                .filter(ListenAddress::isLocal)
                .findFirst()
                .orElseThrow(() -> new MemberStartException(
                        ExitCode.CONFIG,
                        "this machine has no address " + String.join(" or ", addresses) + "; correct "
                                + (settings.address() == null
                                        ? "network.interfaces in " + settings.hazelcastYaml() + " or give --address"
                                        : "--address")));
    }

    private static Optional<InetAddress> resolved(String address) {
        try {
            return Optional.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isLocal(InetAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void tryPort(MemberSettings settings, InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new MemberStartException(
                    ExitCode.PORT_IN_USE,
                    "the member can't listen on " + address.getHostAddress() + ":" + port + ": " + e.getMessage()
                            + "; choose another "
                            + (settings.port() == null ? "network.port.port in " + settings.hazelcastYaml() : "--port"),
                    e);
        }
    }
}
