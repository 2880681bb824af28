package dev.automationengine.localstack.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A simulated third party. Faults are set and requests are recorded by vendor. */
public enum Vendor {
    /** Meta Graph API: leads. */
    GRAPH,
    /** WhatsApp Cloud API; it lives on Graph's host, under {@code /messages}. */
    WHATSAPP,
    /** Meta's Conversions API; it lives on Graph's host, under {@code /events}. */
    CONVERSIONS,
    /** A generic CRM. */
    CRM,
    /** An authorization server, whose tokens the CRM accepts. */
    OAUTH,
    /** Any HTTP endpoint: answers what it was asked. */
    ECHO,
    /** HubSpot: contacts. */
    HUBSPOT,
    /** Salesforce: leads. */
    SALESFORCE,
    /** Zoho CRM: leads and contacts. */
    ZOHO,
    /** Slack: messages. */
    SLACK,
    /** Telegram: messages of a bot. */
    TELEGRAM,
    /** Twilio: SMS. */
    TWILIO,
    /** Google: spreadsheets, and the tokens of service accounts. */
    GOOGLE,
    /** Pipedrive: persons. */
    PIPEDRIVE,
    /** SendGrid: e-mail. */
    SENDGRID;

    /** The name in the control API. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Vendor> labelled(String label) {
        return Arrays.stream(values())
                .filter(vendor -> vendor.label().equals(label))
                .findFirst();
    }

    static Optional<Vendor> of(Call call) {
        if (call.under("/graph")) {
            return Optional.of(onGraph(call.path()));
        }
        if (call.under("/crm")) {
            return Optional.of(CRM);
        }
        if (call.under("/oauth")) {
            return Optional.of(OAUTH);
        }
        return Arrays.stream(values())
                .filter(vendor -> vendor.ordinal() >= ECHO.ordinal())
                .filter(vendor -> call.under("/" + vendor.label()))
                .findFirst();
    }

    private static Vendor onGraph(String path) {
        if (path.endsWith("/messages")) {
            return WHATSAPP;
        }
        return path.endsWith("/events") ? CONVERSIONS : GRAPH;
    }
}
