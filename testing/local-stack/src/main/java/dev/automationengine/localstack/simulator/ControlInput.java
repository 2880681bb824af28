package dev.automationengine.localstack.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the control API is told. Unknown members are refused: a fault with a typing error must not be silent. */
final class ControlInput {
    private ControlInput() {}

    static void leads(JsonNode body, Leads leads) {
        LeadsInput input = Json.STRICT.treeToValue(body, LeadsInput.class);
        list(input.forms())
                .forEach(form -> leads.form(required(form.pageId(), "page_id"), required(form.formId(), "form_id")));
        list(input.leads()).forEach(lead -> leads.add(lead.lead(leads.now())));
    }

    static void tokens(JsonNode body, Tokens tokens) {
        TokensInput input = Json.STRICT.treeToValue(body, TokensInput.class);
        list(input.pageTokens())
                .forEach(page -> tokens.page(
                        required(page.token(), "token"), list(page.pageIds()).toArray(String[]::new)));
        list(input.whatsapp())
                .forEach(sender -> tokens.whatsApp(
                        required(sender.token(), "token"), required(sender.phoneNumberId(), "phone_number_id")));
        list(input.crmKeys()).forEach(tokens::crmKey);
        list(input.revokedCrmKeys()).forEach(tokens::revokeCrmKey);
        list(input.expired())
                .forEach(dead -> tokens.expire(
                        required(dead.token(), "token"), dead.errorSubcode() == null ? 463 : dead.errorSubcode()));
        if (input.appSecret() != null) {
            tokens.requireAppSecretProof(input.appSecret());
        }
    }

    static void whatsApp(JsonNode body, WhatsApp whatsApp, WhatsAppStatuses statuses) {
        WhatsAppInput input = Json.STRICT.treeToValue(body, WhatsAppInput.class);
        list(input.templates())
                .forEach(template -> whatsApp.template(
                        required(template.name(), "name"),
                        required(template.language(), "language"),
                        template.bodyParameters() == null ? 0 : template.bodyParameters()));
        list(input.received()).forEach(whatsApp::received);
        list(input.unreachable()).forEach(whatsApp::unreachable);
        list(input.optedOut()).forEach(whatsApp::optedOut);
        if (input.messagesPerSecond() != null) {
            whatsApp.throughput(input.messagesPerSecond());
        }
        if (input.pairRate() != null) {
            whatsApp.pairRate(
                    Duration.ofMillis(input.pairRate().millis()),
                    input.pairRate().burst());
        }
        list(input.failing())
                .forEach(failing -> statuses.fails(
                        required(failing.number(), "number"),
                        failing.code(),
                        failing.details() == null ? "Undeliverable." : failing.details()));
        if (input.statusWebhooks() != null) {
            statuses.tell(input.statusWebhooks().plan());
        }
    }

    static void oauth(JsonNode body, OAuthGrants grants) {
        OAuthInput input = Json.STRICT.treeToValue(body, OAuthInput.class);
        list(input.redirectUris()).forEach(grants::redirectUri);
        if (input.lifetimeSeconds() != null) {
            grants.lifetime(Duration.ofSeconds(input.lifetimeSeconds()));
        }
        if (input.rotates() != null) {
            grants.rotates(input.rotates());
        }
        if (input.accessEnded()) {
            grants.endAccess();
        }
        if (input.revoked()) {
            grants.revokeAll();
        }
    }

    static void google(JsonNode body, GoogleSheets sheets) {
        GoogleInput input = Json.STRICT.treeToValue(body, GoogleInput.class);
        sheets.type(DemoAccounts.SPREADSHEET, DemoAccounts.SHEET, list(input.rows()));
        if (input.quota() != null) {
            sheets.quota(input.quota());
        }
    }

    static List<Fault> faults(JsonNode body, Vendor vendor) {
        List<Fault> faults = new ArrayList<>();
        for (JsonNode fault : body.isArray() ? body : Json.array().add(body)) {
            faults.add(Json.STRICT.treeToValue(fault, FaultInput.class).fault(vendor));
        }
        return faults;
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static <T> T required(@Nullable T value, String member) {
        if (value == null) {
            throw new IllegalArgumentException(member + " is missing");
        }
        return value;
    }

    private record LeadsInput(
            @Nullable List<FormInput> forms, @Nullable List<LeadInput> leads) {}

    private record FormInput(
            @Nullable String pageId, @Nullable String formId) {}

    private record LeadInput(
            @Nullable String id,
            @Nullable String pageId,
            @Nullable String formId,
            @Nullable Instant createdTime,
            @Nullable Map<String, String> ad,
            @Nullable Map<String, List<String>> answers,
            @Nullable Map<String, Boolean> disclaimers) {
        Lead lead(Instant now) {
            return new Lead(
                    required(id, "id"),
                    pageId == null ? DemoAccounts.PAGE : pageId,
                    formId == null ? DemoAccounts.FORM : formId,
                    createdTime == null ? now : createdTime,
                    ad == null,
                    ad == null ? Map.of() : ad,
                    answers == null ? Map.of() : answers,
                    disclaimers == null ? Map.of() : disclaimers);
        }
    }

    private record TokensInput(
            @Nullable List<PageToken> pageTokens,
            @Nullable List<WhatsAppToken> whatsapp,
            @Nullable List<String> crmKeys,
            @Nullable List<String> revokedCrmKeys,
            @Nullable List<DeadToken> expired,
            @Nullable String appSecret) {}

    private record PageToken(
            @Nullable String token, @Nullable List<String> pageIds) {}

    private record WhatsAppToken(
            @Nullable String token, @Nullable String phoneNumberId) {}

    private record DeadToken(
            @Nullable String token, @Nullable Integer errorSubcode) {}

    private record OAuthInput(
            @Nullable List<String> redirectUris,
            @Nullable Long lifetimeSeconds,
            @Nullable Boolean rotates,
            boolean accessEnded,
            boolean revoked) {}

    private record GoogleInput(
            @Nullable List<List<String>> rows, @Nullable Integer quota) {}

    private record WhatsAppInput(
            @Nullable List<TemplateInput> templates,
            @Nullable List<String> received,
            @Nullable List<String> unreachable,
            @Nullable List<String> optedOut,
            @Nullable Integer messagesPerSecond,
            @Nullable PairRate pairRate,
            @Nullable List<FailingInput> failing,
            @Nullable StatusWebhooks statusWebhooks) {}

    private record PairRate(long millis, int burst) {}

    private record FailingInput(
            @Nullable String number, int code, @Nullable String details) {}

    private record StatusWebhooks(
            @Nullable URI callbackUrl,
            @Nullable String appSecret,
            @Nullable List<String> statuses,
            long delayMs,
            boolean twice) {
        WhatsAppStatuses.Plan plan() {
            return new WhatsAppStatuses.Plan(
                    required(callbackUrl, "callback_url"),
                    required(appSecret, "app_secret"),
                    statuses == null ? List.of("sent", "delivered") : statuses,
                    Duration.ofMillis(delayMs),
                    twice);
        }
    }

    private record TemplateInput(
            @Nullable String name,
            @Nullable String language,
            @Nullable Integer bodyParameters) {}
}
