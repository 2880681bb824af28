package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's exceptions; what is public and what is not is the table of {@link SsrfCorpusTest}. */
class AddressGuardTest {
    @Test
    void a_network_that_the_operator_allows_is_permitted_and_its_neighbours_are_not() throws UnknownHostException {
        AddressGuard lenient = guard("10.1.0.0/16,fd00::/8,127.0.0.1");
        assertThat(lenient.permits("any", InetAddress.getByName("10.1.2.3"))).isTrue();
        assertThat(lenient.permits("any", InetAddress.getByName("fd12::1"))).isTrue();
        assertThat(lenient.permits("any", InetAddress.getByName("127.0.0.1"))).isTrue();
        assertThat(lenient.permits("any", InetAddress.getByName("10.2.0.1"))).isFalse();
        assertThat(lenient.permits("any", InetAddress.getByName("127.0.0.2"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/x", "/"})
    void a_setting_that_is_no_network_is_refused(String network) {
        assertThatThrownBy(() -> guard(network)).isInstanceOf(IllegalArgumentException.class);
    }

    private static AddressGuard guard(String allowedNetworks) {
        return new AddressGuard(OutboundSettings.of("allowed-networks", allowedNetworks));
    }
}
