package dev.automationengine.connectors.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.automationengine.localstack.LocalStack;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;

class VaultTest {
    private static final String OLD = Opened.key("old", 1);
    private static final String NEW = Opened.key("new", 2);
    private static final String SECRET = "a-very-secret-value";

    private final String database = "vault_" + UUID.randomUUID().toString().replace("-", "");
    private final MongoClient client = MongoClients.create(LocalStack.shared().mongoUrl(database));
    private final MongoTemplate mongo = new MongoTemplate(client, database);
    private final OrgId org = OrgId.random();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_credential_comes_back_as_it_was_stored() {
        Opened vault = new Opened(mongo, NEW);
        CredentialId id = store(vault, org);
        Credential found = vault.read().find(org, id).orElseThrow();
        assertThat(found.secrets()).containsExactly(Map.entry("api_key", SECRET));
        assertThat(found.attributes()).containsExactly(Map.entry("base_url", "https://crm.example"));
    }

    @Test
    void a_secret_is_neither_in_the_database_nor_in_any_text() {
        Opened vault = new Opened(mongo, NEW);
        CredentialId id = store(vault, org);
        assertThat(document(id).toJson()).doesNotContain(SECRET);
        assertThat(mongo.findAll(Document.class, DataKeys.COLLECTION).toString())
                .doesNotContain(SECRET);
        assertThat(vault.read().find(org, id).orElseThrow().toString()).doesNotContain(SECRET);
        assertThat(new Opened(mongo, NEW).keys().toString()).doesNotContain(NEW.substring(4));
    }

    @Test
    void another_organization_finds_nothing() {
        Opened vault = new Opened(mongo, NEW);
        CredentialId id = store(vault, org);
        assertThat(vault.read().find(OrgId.random(), id)).isEmpty();
    }

    @Test
    void a_document_moved_to_another_organization_cannot_be_opened() {
        Opened vault = new Opened(mongo, NEW);
        CredentialId id = store(vault, org);
        OrgId thief = OrgId.random();
        store(vault, thief);
        change(id, "org_id", thief.value());
        assertThatThrownBy(() -> new Opened(mongo, NEW).read().find(thief, id)).isInstanceOf(VaultException.class);
    }

    @Test
    void a_ciphertext_moved_to_another_credential_cannot_be_opened() {
        Opened vault = new Opened(mongo, NEW);
        CredentialId one = store(vault, org);
        CredentialId other = store(vault, org);
        change(other, "ciphertext", document(one).getString("ciphertext"));
        assertThatThrownBy(() -> new Opened(mongo, NEW).read().find(org, other)).isInstanceOf(VaultException.class);
    }

    @Test
    void a_secret_is_not_sent_to_a_url_that_somebody_changed_in_the_database() {
        CredentialId id = store(new Opened(mongo, NEW), org);
        change(id, "attributes", new Document("base_url", "https://evil.example"));
        assertThatThrownBy(() -> new Opened(mongo, NEW).read().find(org, id)).isInstanceOf(VaultException.class);
    }

    @Test
    void a_flipped_bit_is_noticed() {
        CredentialId id = store(new Opened(mongo, NEW), org);
        Sealed sealed = Sealed.parse(document(id).getString("ciphertext"));
        byte[] bytes = Base64.getDecoder().decode(sealed.body());
        for (int position : new int[] {0, bytes.length / 2, bytes.length - 1}) {
            byte[] flipped = bytes.clone();
            flipped[position] ^= 1;
            String body = Base64.getEncoder().encodeToString(flipped);
            change(id, "ciphertext", new Sealed(sealed.keyId(), body).text());
            assertThatThrownBy(() -> new Opened(mongo, NEW).read().find(org, id))
                    .isInstanceOf(VaultException.class)
                    .hasMessageNotContaining(SECRET);
        }
    }

    @Test
    void what_an_old_master_key_wrapped_can_still_be_read_and_written() {
        CredentialId before = store(new Opened(mongo, OLD), org);
        Opened rotated = new Opened(mongo, NEW, OLD);
        CredentialId after = store(rotated, org);
        assertThat(rotated.read().find(org, before)).isPresent();
        assertThat(rotated.read().find(org, after)).isPresent();
    }

    @Test
    void a_master_key_that_is_another_one_under_the_same_name_is_refused() {
        store(new Opened(mongo, OLD), org);
        assertThatThrownBy(
                        () -> new Opened(mongo, Opened.key("old", 9)).canary().check())
                .isInstanceOf(WrongMasterKeyException.class);
    }

    @Test
    void a_master_key_that_never_encrypted_anything_is_refused_where_something_is_encrypted() {
        store(new Opened(mongo, OLD), org);
        assertThatThrownBy(() -> new Opened(mongo, NEW).canary().check())
                .isInstanceOf(WrongMasterKeyException.class)
                .hasMessageContaining("old");
    }

    @Test
    void two_credentials_of_a_kind_are_ambiguous_unless_an_attribute_tells_them_apart() {
        Opened vault = new Opened(mongo, NEW);
        vault.write().create(org, "meta_page", "A", Map.of("page_id", "1"), Map.of("access_token", "a"));
        vault.write().create(org, "meta_page", "B", Map.of("page_id", "2"), Map.of("access_token", "b"));
        assertThatThrownBy(() -> vault.read().findOnly(org, "meta_page", Map.of()))
                .isInstanceOf(AmbiguousCredentialException.class);
        assertThat(vault.read().findOnly(org, "meta_page", Map.of("page_id", "2")))
                .hasValueSatisfying(credential -> assertThat(credential.name()).isEqualTo("B"));
        assertThat(vault.read().findOnly(org, "whatsapp", Map.of())).isEmpty();
    }

    @Test
    void a_deleted_credential_is_gone() {
        Opened vault = new Opened(mongo, NEW);
        CredentialId id = store(vault, org);
        assertThat(vault.read().find(org, id)).isPresent();
        assertThat(vault.write().delete(OrgId.random(), id)).isFalse();
        assertThat(vault.write().delete(org, id)).isTrue();
        assertThat(vault.read().find(org, id)).isEmpty();
    }

    private static CredentialId store(Opened vault, OrgId owner) {
        return vault.write()
                .create(owner, "crm_http", "CRM", Map.of("base_url", "https://crm.example"), Map.of("api_key", SECRET))
                .id();
    }

    private Document document(CredentialId id) {
        Document found = mongo.findById(id.value(), Document.class, CredentialStore.COLLECTION);
        assertThat(found).isNotNull();
        return found;
    }

    private void change(CredentialId id, String member, Object value) {
        mongo.updateFirst(query(where("_id").is(id.value())), Update.update(member, value), CredentialStore.COLLECTION);
    }
}
