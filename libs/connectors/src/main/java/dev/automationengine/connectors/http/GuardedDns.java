package dev.automationengine.connectors.http;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names for the HTTP client and gives it permitted addresses only. The client connects to just what it is
 * given here, so there is no second look-up that could say something else (DNS rebinding).
 */
final class GuardedDns implements DnsResolver {
    private final DnsResolver names;
    private final AddressGuard guard;

    GuardedDns(DnsResolver names, AddressGuard guard) {
        this.names = names;
        this.guard = guard;
    }

    @Override
    public InetAddress[] resolve(String name) throws UnknownHostException {
        String host = ascii(name);
        InetAddress[] permitted = Stream.of(names.resolve(host))
                .filter(address -> guard.permits(host, address))
                .toArray(InetAddress[]::new);
        if (permitted.length == 0) {
            throw new BlockedHostException(host);
        }
        return permitted;
    }

    /** The client writes international names in Unicode, DNS and operators in ASCII. */
    private static String ascii(String name) throws UnknownHostException {
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            throw new UnknownHostException(name);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** All addresses of a host are forbidden. */
    static final class BlockedHostException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        BlockedHostException(String host) {
            super(host);
        }
    }
}
