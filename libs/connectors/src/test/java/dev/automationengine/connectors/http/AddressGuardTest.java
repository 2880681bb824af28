package dev.automationengine.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1"
            })
    void an_address_that_is_not_public_is_refused(String address) throws UnknownHostException {
        assertThat(guard.permits(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "157.240.1.35", "2606:4700::1111", "2a03:2880:f003::1"})
    void a_public_address_is_permitted(String address) throws UnknownHostException {
        assertThat(guard.permits(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void a_network_that_the_operator_allows_is_permitted_and_its_neighbours_are_not() throws UnknownHostException {
        AddressGuard lenient = new AddressGuard(List.of("10.1.0.0/16", "fd00::/8", "127.0.0.1"));
        assertThat(lenient.permits(InetAddress.getByName("10.1.2.3"))).isTrue();
        assertThat(lenient.permits(InetAddress.getByName("fd12::1"))).isTrue();
        assertThat(lenient.permits(InetAddress.getByName("127.0.0.1"))).isTrue();
        assertThat(lenient.permits(InetAddress.getByName("10.2.0.1"))).isFalse();
        assertThat(lenient.permits(InetAddress.getByName("127.0.0.2"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/x", ""})
    void a_setting_that_is_no_network_is_refused(String network) {
        assertThatThrownBy(() -> new AddressGuard(List.of(network))).isInstanceOf(IllegalArgumentException.class);
    }
}
