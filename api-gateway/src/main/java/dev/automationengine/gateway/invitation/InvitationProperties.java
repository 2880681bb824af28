package dev.automationengine.gateway.invitation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are invited.
 *
 * @param lifetime how long an invitation may be accepted
 * @param mostOpen how many invitations of an organization may be open at a time
 * @param sender the address that mails come from; needed if {@code spring.mail.host} is set
 */
@ConfigurationProperties("engine.invitations")
record InvitationProperties(
        @DefaultValue("7d") Duration lifetime,
        @DefaultValue("200") int mostOpen,
        @DefaultValue("") String sender) {}
