package dev.automationengine.gateway.login;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.stereotype.Component;

/** Tells where a request comes from: behind proxies that are trusted, the last address that none of them has. */
@Component
public class NetworkAddress {
    /** Whoever has an IPv6 address has the 2^64 of its network. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Pattern trusted;

    NetworkAddress(GatewayMvcProperties gateway) {
        String proxies = gateway.getTrustedProxies();
        this.trusted = Pattern.compile(proxies == null || proxies.isEmpty() ? "(?!)" : proxies);
    }

    /** The network address that attempts are counted by. */
    public String of(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        String[] forwarded = String.join(",", Collections.list(request.getHeaders("X-Forwarded-For")))
                .split(",");
        for (int i = forwarded.length - 1; i >= 0 && trusted.matcher(address).matches(); i--) {
            if (forwarded[i].isBlank()) {
                break;
            }
            address = forwarded[i].strip();
        }
        return network(address);
    }

    private static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            // A trusted proxy wrote something else: all that it forwards so is one.
            return "unknown";
        }
    }
}
