package dev.automationengine.gateway.security;

import static org.springframework.http.HttpMethod.POST;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Who may ask for what: webhooks need no key, everything else does. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BootstrapProperties.class)
class GatewaySecurity {
    private static final String[] OPEN = {
        "/health",
        "/livez",
        "/readyz",
        "/actuator/health/**",
        "/actuator/prometheus",
        "/v3/api-docs/**",
        "/v1/openapi.json",
        "/v1/openapi.yaml",
        "/v1/auth/login",
        "/v1/auth/refresh",
        "/v1/auth/logout",
        "/error"
    };

    /**
     * Webhooks and probes. What a sender puts into {@code Authorization} is its own affair and is not looked at: it
     * must not be refused for it.
     */
    @Bean
    @Order(1)
    SecurityFilterChain withoutKey(HttpSecurity http) throws Exception {
        return stateless(http)
                .securityMatchers(requests -> requests.requestMatchers(OPEN).requestMatchers("/webhooks/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain withKey(HttpSecurity http, BearerAuthentication bearers, Refusals refusals) throws Exception {
        return stateless(http)
                .authorizeHttpRequests(requests -> requests.requestMatchers(POST, "/v1/organizations")
                        .hasAuthority(BearerAuthentication.OPERATOR)
                        .anyRequest()
                        .hasAuthority(CallerTokens.CALLER))
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
