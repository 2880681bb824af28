package dev.automationengine.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class BootstrapPropertiesTest {
    private final ApplicationContextRunner gateway = new ApplicationContextRunner().withUserConfiguration(Only.class);

    @Test
    void without_a_bootstrap_token_it_refuses_to_start_and_says_which_variable_is_missing() {
        gateway.run(context -> assertThat(context).getFailure().hasStackTraceContaining("ENGINE_BOOTSTRAP_TOKEN"));
        gateway.withPropertyValues("engine.bootstrap-token=")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("ENGINE_BOOTSTRAP_TOKEN"));
    }

    @Test
    void the_token_is_not_shown_in_logs() {
        String token = "x".repeat(32);
        assertThat(new BootstrapProperties(token).toString()).doesNotContain(token);
    }

    @EnableConfigurationProperties(BootstrapProperties.class)
    static class Only {}
}
