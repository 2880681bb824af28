package dev.automationengine.connectors.vault;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A master key that never leaves HashiCorp Vault: its transit engine encrypts and decrypts. The key must be of an AEAD
 * type ({@code aes256-gcm96}, Vault's default), since what is wrapped is bound to the organization.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs/secret/transit">the transit engine's API</a>
 */
final class TransitMasterKey implements MasterKey {
    private static final String TOKEN_HEADER = "X-Vault-Token";

    private final String id;
    private final VaultProperties.Transit transit;
    private final RestClient http;
    private final JsonMapper json = JsonMapper.shared();

    TransitMasterKey(String id, VaultProperties.Transit transit) {
        this.id = id;
        this.transit = transit;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(transit.timeout())
                .version(HttpClient.Version.HTTP_1_1)
                .build());
        requests.setReadTimeout(transit.timeout());
        this.http = RestClient.builder().requestFactory(requests).build();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String seal(byte[] plaintext, List<String> boundTo) {
        String ciphertext = ask("encrypt", "plaintext", base64(plaintext), boundTo, "ciphertext");
        // Vault's text has colons, which are ours to separate parts with.
        return base64(ciphertext.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public byte[] open(String sealed, List<String> boundTo) {
        try {
            String ciphertext = new String(Base64.getDecoder().decode(sealed), StandardCharsets.US_ASCII);
            return Base64.getDecoder().decode(ask("decrypt", "ciphertext", ciphertext, boundTo, "plaintext"));
        } catch (IllegalArgumentException e) {
            throw new VaultException("a ciphertext of transit key " + id + " cannot be read");
        }
    }

    private String ask(String verb, String member, String value, List<String> boundTo, String wanted) {
        Map<String, String> body = new HashMap<>();
        body.put(member, value);
        body.put("associated_data", base64(Cipher256.associatedData(boundTo)));
        try {
            String answer = http.post()
                    .uri(transit.url() + "/v1/" + transit.mount() + "/" + verb + "/" + id)
                    .header(TOKEN_HEADER, token())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(json.writeValueAsBytes(body))
                    .retrieve()
                    .body(String.class);
            return member(answer, wanted);
        } catch (RestClientResponseException e) {
            throw refused(verb, e.getStatusCode());
        } catch (RestClientException e) {
            throw new MasterKeyAwayException("the server of transit key " + id + " does not answer", e);
        }
    }

    /** 400 means this ciphertext or this key; everything else (sealed, standby, token expired) passes. No body is kept. */
    private RuntimeException refused(String verb, HttpStatusCode status) {
        return status.value() == 400
                ? new VaultException("transit key " + id + " refuses to " + verb + ": another key, or changed data")
                : new MasterKeyAwayException("the server of transit key " + id + " answers " + status.value());
    }

    private String member(@Nullable String answer, String wanted) {
        try {
            JsonNode value = json.readTree(answer == null ? "" : answer).at("/data/" + wanted);
            if (value.isString()) {
                return value.asString();
            }
        } catch (JacksonException e) {
            // Told below, without the parser's message: it quotes what it read.
        }
        throw new MasterKeyAwayException("the server of transit key " + id + " answers without " + wanted);
    }

    /** Read each time: an agent renews it. */
    private String token() {
        try {
            return Files.readString(transit.tokenFile()).strip();
        } catch (IOException e) {
            throw new MasterKeyAwayException("the token of transit key " + id + " cannot be read", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "TransitMasterKey[" + id + "]";
    }
}
