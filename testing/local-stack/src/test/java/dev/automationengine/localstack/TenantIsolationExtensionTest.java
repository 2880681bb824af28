package dev.automationengine.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TenantIsolationExtensionTest {
    @Test
    void what_the_engine_did_fails_the_test_once() {
        System.setProperty(
                TenantIsolationExtension.REMEMBERED,
                LocalStack.class.getName() + "|list:12 find events: no org_id in the filter\n");

        assertThatThrownBy(TenantIsolationExtension::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("find events: no org_id in the filter");
        assertThat(System.getProperty(TenantIsolationExtension.REMEMBERED)).isNull();
        assertThatCode(TenantIsolationExtension::check).doesNotThrowAnyException();
    }

    @Test
    void what_nobody_can_be_blamed_for_fails_it_too() {
        System.setProperty(TenantIsolationExtension.REMEMBERED, "|unknown find events: no org_id in the filter\n");

        assertThatThrownBy(TenantIsolationExtension::check).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_test_may_look_at_what_is_stored() {
        System.setProperty(
                TenantIsolationExtension.REMEMBERED,
                TenantIsolationExtensionTest.class.getName() + "|stored:7 find events: no org_id in the filter\n");

        assertThatCode(TenantIsolationExtension::check).doesNotThrowAnyException();
    }
}
