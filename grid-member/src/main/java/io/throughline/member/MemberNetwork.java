package io.throughline.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network between members that can be split: each member is reached at the address of a proxy before it, and known by
 * the ports that it calls from. Bytes between two sides wait until the split is healed, as in a network that sends them
 * again; new connections come to nothing. Clients reach every member all the time. On loopback, for tests and for the torture
 * command. Thread-safe.
 */
public final class MemberNetwork implements AutoCloseable {

    private static final int CALLING_PORTS = 40;
    private static final int GIVE_UP_MILLIS = 2_000;

    private final List<Proxy> proxies = new ArrayList<>();
    private final int firstCallingPort;
    private List<Set<Integer>> sides = List.of();

    private MemberNetwork(int firstCallingPort) {
        this.firstCallingPort = firstCallingPort;
    }

    /** @param memberPorts where the members listen; number 1 is the first */
    public static MemberNetwork before(List<Integer> memberPorts) {
        // Below the ports that systems give out by themselves.
        int first = 20_000 + (int) (ProcessHandle.current().pid() % 80) * 150;
        MemberNetwork network = new MemberNetwork(first);
        try {
            for (int number = 1; number <= memberPorts.size(); number++) {
                network.proxies.add(network.new Proxy(number, memberPorts.get(number - 1)));
            }
            return network;
        } catch (IOException e) {
            network.close();
            throw new UncheckedIOException(e);
        }
    }

    /** Where each member is reached. */
    public List<String> addresses() {
        return proxies.stream().map(Proxy::address).toList();
    }

    /** The network section of this member's hazelcast.yaml begins with this. */
    public String settingsOf(int number) {
        return settings(proxies.get(number - 1).address(), callingPorts(number));
    }

    /** The ports that this member calls from, as {@code first-last}. */
    public String callingPorts(int number) {
        int first = firstCallingPort + (number - 1) * CALLING_PORTS;
        return first + "-" + (first + CALLING_PORTS - 1);
    }

    /** What {@link #settingsOf} is made of; both may be {@code ${…}} of a system property. */
    public static String settings(String publicAddress, String callingPorts) {
        return """
                    public-address: %s
                    outbound-ports:
                      - %s
                """.formatted(publicAddress, callingPorts);
    }

    /** @param parts the members' numbers; who is on none of these sides hears no one */
    public synchronized void split(List<Set<Integer>> parts) {
        sides = parts;
    }

    public synchronized void heal() {
        sides = List.of();
        notifyAll();
    }

    private synchronized boolean connected(int one, int other) {
        return sides.isEmpty() || sides.stream().anyMatch(side -> side.contains(one) && side.contains(other));
    }

    private synchronized void awaitConnected(int one, int other) throws InterruptedException {
        while (!connected(one, other)) {
            wait();
        }
    }

    /** Number of the member that calls from this port; 0 for a client. */
    private int callerAt(int port) {
        int offset = port - firstCallingPort;
        return offset >= 0 && offset < proxies.size() * CALLING_PORTS ? offset / CALLING_PORTS + 1 : 0;
    }

    @Override
    public void close() {
        heal();
        proxies.forEach(Proxy::close);
    }

    private final class Proxy {

        private final int number;
        private final int memberPort;
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> open = new CopyOnWriteArrayList<>();

        Proxy(int number, int memberPort) throws IOException {
            this.number = number;
            this.memberPort = memberPort;
            start(this::accept);
        }

        String address() {
            return "127.0.0.1:" + listener.getLocalPort();
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket caller = listener.accept();
                    start(() -> link(caller));
                } catch (IOException e) {
                    // Closed.
                }
            }
        }

        private void link(Socket caller) {
            int from = callerAt(caller.getPort());
            Socket member = new Socket();
            open.addAll(List.of(caller, member));
            try {
                if (from != 0 && !connected(from, number)) {
                    Thread.sleep(GIVE_UP_MILLIS);
                    throw new IOException("nobody answers");
                }
                caller.setTcpNoDelay(true);
                member.setTcpNoDelay(true);
                member.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), memberPort));
                start(() -> carry(member, caller, from));
                carry(caller, member, from);
            } catch (IOException e) {
                end(caller, member);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void carry(Socket source, Socket sink, int from) {
            byte[] buffer = new byte[65_536];
            try {
                for (int read = source.getInputStream().read(buffer);
                        read >= 0;
                        read = source.getInputStream().read(buffer)) {
                    if (from != 0) {
                        awaitConnected(from, number);
                    }
                    sink.getOutputStream().write(buffer, 0, read);
                }
                if (from != 0) {
                    awaitConnected(from, number); // the end of a connection is news as well
                }
            } catch (IOException e) {
                // One side has gone, and so has the connection.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            end(source, sink);
        }

        private void end(Socket... sockets) {
            for (Socket socket : sockets) {
                open.remove(socket);
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        void close() {
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            end(open.toArray(new Socket[0]));
        }
    }

    private static void start(Runnable run) {
        Thread thread = new Thread(run, "member-network");
        thread.setDaemon(true);
        thread.start();
    }
}
