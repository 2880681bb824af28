package dev.automationengine.connectors.vault;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Between a credential and its document. The ciphertext is bound to the organization, the id, the kind and the
 * attributes: who can write to the database but has no key can neither move a secret to another organization nor send
 * it to another {@code base_url}.
 */
final class CredentialCodec {
    static final String CIPHERTEXT = "ciphertext";
    static final String PREVIOUS_UNTIL = "previous_until";

    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private final DataKeys dataKeys;
    private final JsonMapper json = JsonMapper.shared();

    CredentialCodec(DataKeys dataKeys) {
        this.dataKeys = dataKeys;
    }

    /** Whether the organization has a newer data key than this document is encrypted with. */
    static boolean isBehind(Document document, String newest) {
        return !Sealed.parse(document.getString(CIPHERTEXT)).keyId().equals(newest);
    }

    /** The secrets, encrypted with the organization's newest data key. */
    String seal(Credential credential) {
        DataKeys.DataKey key = dataKeys.current(credential.org());
        byte[] plaintext = json.writeValueAsBytes(credential.secrets());
        List<String> boundTo =
                boundTo(key.number(), credential.org(), credential.id(), credential.kind(), credential.attributes());
        return new Sealed(key.number(), Cipher256.seal(key.key(), plaintext, boundTo)).text();
    }

    /** The credential that a document holds. */
    Credential open(Document document) {
        CredentialId id = new CredentialId(document.getString("_id"));
        OrgId org = new OrgId(document.getString("org_id"));
        String kind = document.getString("kind");
        Map<String, String> attributes = attributes(document);
        try {
            Sealed sealed = Sealed.parse(document.getString(CIPHERTEXT));
            byte[] plaintext = Cipher256.open(
                    dataKeys.get(org, sealed.keyId()),
                    sealed.body(),
                    boundTo(sealed.keyId(), org, id, kind, attributes));
            return new Credential(
                    id, org, kind, document.getString("name"), attributes, json.readValue(plaintext, STRINGS));
        } catch (JacksonException e) {
            // Without the cause: a parser's message quotes what it read.
            throw new VaultException("credential " + id + " does not hold secrets");
        } catch (VaultException e) {
            throw new VaultException("credential " + id + " cannot be decrypted: " + e.getMessage(), e);
        }
    }

    /** The document after a change: sealed anew, since the ciphertext is bound to the attributes. */
    Document changed(Document before, CredentialChange change, Instant now) {
        CredentialId id = new CredentialId(before.getString("_id"));
        OrgId org = new OrgId(before.getString("org_id"));
        String kind = before.getString("kind");
        Document after = new Document(before);
        Map<String, String> secrets = change.secrets();
        if (secrets == null) {
            secrets = open(before).secrets();
        } else if (change.overlap().isPositive()) {
            Instant until = now.plus(change.overlap());
            secrets = open(before).replacedBy(secrets, until);
            after.put(PREVIOUS_UNTIL, Date.from(until));
        } else {
            after.remove(PREVIOUS_UNTIL);
        }
        after.put("name", change.name());
        after.put("attributes", new Document(Map.copyOf(change.attributes())));
        after.put(CIPHERTEXT, seal(new Credential(id, org, kind, change.name(), change.attributes(), secrets)));
        after.put("rev", rev(before) + 1);
        after.put("updated_at", Date.from(now));
        return after;
    }

    /** Grows by one with each change of what a person entered; encryption with another key is none. */
    static long rev(Document document) {
        return document.get("rev") instanceof Number rev ? rev.longValue() : 1;
    }

    static Map<String, String> attributes(Document document) {
        Map<String, String> attributes = new HashMap<>();
        document.get("attributes", new Document())
                .forEach((name, value) -> attributes.put(name, String.valueOf(value)));
        return attributes;
    }

    private static List<String> boundTo(
            String keyNumber, OrgId org, CredentialId id, String kind, Map<String, String> attributes) {
        List<String> parts = new ArrayList<>(List.of("credential", keyNumber, org.value(), id.value(), kind));
        new TreeMap<>(attributes).forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
        return parts;
    }
}
