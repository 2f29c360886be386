package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Free ports on loopback, taken until closed, so that two grids made at the same time do not choose the same. Searched
 * upwards from a fixed one: the range from which the system gives ports to outgoing connections lies higher.
 */
public final class FreePorts implements AutoCloseable {

    private static final int HIGHEST = 65535;

    private final List<ServerSocket> taken = new ArrayList<>();

    public List<Integer> take(int count, int first, Set<Integer> without) {
        List<Integer> ports = new ArrayList<>();
        for (int port = first; port <= HIGHEST && ports.size() < count; port++) {
            if (!without.contains(port) && tryTake(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new LocalPostgresException(
                    Code.PORT_TAKEN, "There are not " + count + " free ports from " + first + " on. Begin lower.");
        }
        return ports;
    }

    private boolean tryTake(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1);
                taken.add(socket);
                return true;
            } catch (IOException inUse) {
                socket.close();
                return false;
            }
        } catch (IOException failure) {
            return false;
        }
    }

    @Override
    public void close() {
        for (ServerSocket socket : taken) {
            try {
                socket.close();
            } catch (IOException failure) {
                throw new IllegalStateException("A port could not be let go", failure);
            }
        }
        taken.clear();
    }
}
