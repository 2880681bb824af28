package dev.automationengine.connectors.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which addresses may be called: public ones, and those that the operator allows. Keeps tenants from reaching our own
 * network through a URL of their choice (SSRF).
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA: special IPv4 addresses</a>
 * @see <a href="https://www.iana.org/assignments/ipv6-address-space">IANA: IPv6 address space</a>
 */
final class AddressGuard {
    private static final List<Network> SPECIAL_V4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All that IPv6 has of public addresses; loopback, unique local, link-local, NAT64 and the like are outside. */
    private static final Network PUBLIC_V6 = Network.parse("2000::/3");

    /** Parts of it that lead elsewhere: protocol assignments with Teredo, documentation, 6to4. */
    private static final List<Network> SPECIAL_V6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final List<Network> allowed;
    private final List<Network> denied;
    private final Set<String> allowedHosts;

    AddressGuard(OutboundProperties properties) {
        this.allowed = properties.allowedNetworks().stream().map(Network::parse).toList();
        this.denied = properties.deniedNetworks().stream().map(Network::parse).toList();
        this.allowedHosts =
                properties.allowedHosts().stream().map(AddressGuard::bare).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a connection may go to an address.
     *
     * @param host the name in the URL that the address belongs to
     */
    boolean permits(String host, InetAddress address) {
        return !within(denied, address)
                && (allowedHosts.contains(bare(host)) || within(allowed, address) || isPublic(address));
    }

    /** A name with a dot at its end is the same name. */
    private static String bare(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Java turns an IPv4 address that is mapped into IPv6 into an {@link Inet4Address} by itself. */
    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? !within(SPECIAL_V4, address)
                : PUBLIC_V6.contains(address) && !within(SPECIAL_V6, address);
    }

    private static boolean within(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... cidrs) {
        return Stream.of(cidrs).map(Network::parse).toList();
    }
}
