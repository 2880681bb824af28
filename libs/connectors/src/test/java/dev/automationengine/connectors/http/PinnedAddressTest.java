package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.http.Exchange.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The address that was checked is the address that is connected to; and looking one up takes a bounded time. */
class PinnedAddressTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final RawServer server = RawServer.startEverywhere(ANSWER);
    private final DnsDouble dns = new DnsDouble();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_name_that_changes_its_address_after_the_check_is_not_asked_twice() {
        // Forbidden at the first look, permitted at any later one; and the other way round.
        dns.answers("inside-first.example", "10.0.0.1", "127.0.0.1");
        dns.answers("outside-first.example", "127.0.0.1", "10.0.0.1");
        try (OutboundHttp http = client("127.0.0.0/8", dns)) {
            assertThat(reason(http, "inside-first.example")).isEqualTo(Reason.BLOCKED);
            assertThat(server.connections()).isZero();
            assertThat(status(http, "outside-first.example")).isEqualTo(200);
        }
        assertThat(dns.asked()).containsExactly("inside-first.example", "outside-first.example");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void each_new_connection_is_checked_again_and_one_that_is_kept_stays_where_it_is() {
        RawServer hangsUp = RawServer.start((head, out) -> {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".getBytes());
            out.flush();
            throw new IOException("closed");
        });
        dns.answers("moves.example", "127.0.0.1", "10.0.0.1");
        try (hangsUp;
                OutboundHttp http = client("127.0.0.0/8", dns)) {
            assertThat(((Exchange.Answered) get(http, "http://moves.example:" + hangsUp.port() + "/")).status())
                    .isEqualTo(200);
            assertThat(((Exchange.Unanswered) get(http, "http://moves.example:" + hangsUp.port() + "/")).reason())
                    .isEqualTo(Reason.BLOCKED);
        }
        dns.answers("stays.example", "127.0.0.1", "10.0.0.1");
        try (OutboundHttp http = client("127.0.0.0/8", dns)) {
            for (int i = 0; i < 10; i++) {
                assertThat(status(http, "stays.example")).isEqualTo(200);
            }
        }
        assertThat(server.connections()).as("kept alive").isEqualTo(1);
    }

    @Test
    void of_several_addresses_only_the_permitted_ones_are_tried() {
        dns.answers("mixed.example", "127.0.0.2 127.0.0.1");
        try (OutboundHttp http = client("127.0.0.1", dns)) {
            assertThat(status(http, "mixed.example")).isEqualTo(200);
        }
        assertThat(server.peers()).containsExactly("127.0.0.1");
    }

    @Test
    void a_host_that_the_operator_names_may_be_inside_and_a_denied_network_wins_over_all() {
        dns.answers("crm.intern", "127.0.0.1").answers("other.intern", "127.0.0.1");
        try (OutboundHttp http = new OutboundHttp(OutboundSettings.of("allowed-hosts", "CRM.intern"), meters, dns)) {
            assertThat(status(http, "crm.intern")).isEqualTo(200);
            assertThat(reason(http, "other.intern")).isEqualTo(Reason.BLOCKED);
        }
        try (OutboundHttp http = new OutboundHttp(
                OutboundSettings.of(
                        "allowed-hosts", "crm.intern",
                        "allowed-networks", "127.0.0.0/8",
                        "denied-networks", "127.0.0.1"),
                meters,
                dns)) {
            assertThat(reason(http, "crm.intern")).isEqualTo(Reason.BLOCKED);
        }
    }

    @Test
    void names_whose_servers_never_answer_hold_up_nobody_else() {
        CountDownLatch never = new CountDownLatch(1);
        DnsResolver slow = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
                if (host.startsWith("slow")) {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return InetAddress.getAllByName("127.0.0.1");
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        try (OutboundHttp http = new OutboundHttp(
                OutboundSettings.of("allowed-networks", "127.0.0.0/8", "connect-timeout", "300ms"), meters, slow)) {
            long start = System.nanoTime();
            assertThat(reason(http, "slow.example")).isEqualTo(Reason.UNRESOLVED);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(status(http, "quick.example")).isEqualTo(200);
        } finally {
            never.countDown();
        }
    }

    @Test
    void a_proxy_of_the_environment_is_not_used_for_it_would_resolve_names_itself() {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                throw new AssertionError("asked for a proxy");
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "" + server.port());
        dns.answers("private.example", "10.0.0.1");
        try (OutboundHttp http = client("", dns)) {
            assertThat(reason(http, "private.example")).isEqualTo(Reason.BLOCKED);
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
            ProxySelector.setDefault(before);
        }
        assertThat(server.connections()).isZero();
    }

    private Reason reason(OutboundHttp http, String host) {
        return ((Exchange.Unanswered) get(http, url(host))).reason();
    }

    private int status(OutboundHttp http, String host) {
        return ((Exchange.Answered) get(http, url(host))).status();
    }

    private String url(String host) {
        return "http://" + host + ":" + server.port() + "/";
    }

    private static Exchange get(OutboundHttp http, String url) {
        return http.send(new OutboundRequest("GET", URI.create(url), Map.of(), null, Duration.ofSeconds(5)));
    }

    private OutboundHttp client(String networks, DnsResolver resolver) {
        return new OutboundHttp(OutboundSettings.of("allowed-networks", networks), meters, resolver);
    }
}
