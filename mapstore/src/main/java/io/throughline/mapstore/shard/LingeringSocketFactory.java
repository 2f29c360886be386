package io.throughline.mapstore.shard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Makes sockets whose closing waits for what is still to be sent for a second at most. Java would otherwise have the closing of a
 * TLS connection wait for whoever is writing to it, and that can last until TCP gives up, a quarter of an hour.
 *
 * <p>Thread-safe. For the driver, which makes one itself.
 */
public final class LingeringSocketFactory extends SocketFactory {

    private static final int LINGER_SECONDS = 1;

    @Override
    public Socket createSocket() throws SocketException {
        Socket socket = new Socket();
        socket.setSoLinger(true, LINGER_SECONDS);
        return socket;
    }

    // The driver connects by itself, for the sake of its timeout.

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort) throws IOException {
        throw unconnected();
    }

    private static IOException unconnected() {
        return new IOException("this factory makes unconnected sockets only");
    }
}
