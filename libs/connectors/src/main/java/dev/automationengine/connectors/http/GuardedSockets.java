package dev.automationengine.connectors.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;

/** Connections that speak no HTTP, to the same addresses that HTTP may go to. */
public final class GuardedSockets {
    private final DnsResolver dns;
    private final Duration connectTimeout;

    GuardedSockets(DnsResolver dns, Duration connectTimeout) {
        this.dns = dns;
        this.connectTimeout = connectTimeout;
    }

    /**
     * Connects to the first permitted address of a host that answers, and to no other.
     *
     * @throws BlockedException if the host has no address that may be called
     * @throws IOException if the name is unknown or nobody answers in time
     */
    public Socket connect(String host, int port) throws IOException {
        InetAddress[] addresses;
        try {
            addresses = dns.resolve(host);
        } catch (GuardedDns.BlockedHostException e) {
            throw new BlockedException(host);
        }
        IOException last = new IOException(host + " has no address");
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                // With the name, that the certificate is checked against it, and not looked up again.
                InetAddress named = InetAddress.getByAddress(host, address.getAddress());
                socket.connect(new InetSocketAddress(named, port), Math.toIntExact(connectTimeout.toMillis()));
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    /** All addresses of a host are forbidden. */
    public static final class BlockedException extends IOException {
        private static final long serialVersionUID = 1L;

        BlockedException(String host) {
            super(host + " has no address that may be called");
        }
    }
}
