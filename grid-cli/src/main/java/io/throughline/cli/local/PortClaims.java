package io.throughline.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports that no other grid of this user takes while this one runs, also not while a member is down for a moment: a member of
 * one grid at an address of another's list would join that, as all are named alike. Locks of the system, which end with the
 * process. Not thread-safe.
 */
final class PortClaims implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int HIGHEST = 65_535;

    private final Path folder;
    private final List<FileChannel> claims = new ArrayList<>();

    private PortClaims(Path folder) {
        this.folder = folder;
    }

    /** With this machine's and user's other grids. */
    static PortClaims open() {
        return in(
                Path.of(System.getProperty("java.io.tmpdir"), "throughline-ports-" + System.getProperty("user.name")));
    }

    static PortClaims in(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("can't make " + folder, e);
        }
        return new PortClaims(folder);
    }

    /**
     * Free ports.
     *
     * @param remembered taken again as far as they are free
     * @param first where the search for others begins
     */
    List<Integer> take(int count, List<Integer> remembered, int first) {
        List<Integer> ports = new ArrayList<>();
        remembered.stream().limit(count).filter(this::claim).forEach(ports::add);
        for (int port = first; port <= HIGHEST && ports.size() < count; port++) {
            if (!ports.contains(port) && claim(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new IllegalStateException("there are not " + count + " free ports from " + first + " on");
        }
        return ports;
    }

    private boolean claim(int port) {
        try {
            FileChannel channel = FileChannel.open(
                    folder.resolve(Integer.toString(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel) && isFree(port)) {
                claims.add(channel);
                return true;
            }
            channel.close();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("can't claim port " + port + " in " + folder, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (java.nio.channels.OverlappingFileLockException heldInThisJvm) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    @Override
    public void close() {
        for (FileChannel claim : claims) {
            try {
                claim.close();
            } catch (IOException e) {
                throw new UncheckedIOException("can't let go of a port", e);
            }
        }
        claims.clear();
    }
}
