package dev.automationengine.gateway.security;

import dev.automationengine.gateway.access.Requirement;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Who may ask for what, as the access table says: webhooks need no key, everything else does. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BootstrapProperties.class)
class GatewaySecurity {
    /**
     * Webhooks and probes. What a sender puts into {@code Authorization} is its own affair and is not looked at: it
     * must not be refused for it.
     */
    @Bean
    @Order(1)
    SecurityFilterChain withoutKey(HttpSecurity http, Admission admission) throws Exception {
        return stateless(http)
                .securityMatcher(request -> admission
                        .requirement(request)
                        .filter(Requirement.Open.class::isInstance)
                        .isPresent())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain withKey(HttpSecurity http, BearerAuthentication bearers, Admission admission, Refusals refusals)
            throws Exception {
        return stateless(http)
                .authorizeHttpRequests(requests -> requests.anyRequest().access(admission))
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> bearers)
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .build();
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }
}
