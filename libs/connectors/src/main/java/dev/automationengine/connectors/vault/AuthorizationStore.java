package dev.automationengine.connectors.vault;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * Consents that were asked for and have not come back: what the callback of the third party is checked against. A state
 * is known by 190 random bits, is good once, and only until its time is over; the PKCE verifier is sealed like any
 * secret of the organization.
 *
 * <p>Just for the service that owns the collection.
 */
public final class AuthorizationStore {
    /** {@code {_id, org_id, kind, attributes, ciphertext, expire_at}}. */
    public static final String COLLECTION = "oauth_authorizations";

    private static final int ID_BITS = 190;
    private static final int RADIX = 36;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CREDENTIAL = "credential_id";
    private static final String NAME = "name";
    private static final String BY = "by";
    private static final String VERIFIER = "verifier";
    private static final String ATTRIBUTE = "attribute:";

    private final MongoOperations mongo;
    private final CredentialCodec codec;
    private final Canary canary;
    private final InstantSource clock;

    AuthorizationStore(MongoOperations mongo, CredentialCodec codec, Canary canary, InstantSource clock) {
        this.mongo = mongo;
        this.codec = codec;
        this.canary = canary;
        this.clock = clock;
    }

    /**
     * A consent that was asked for.
     *
     * @param org the organization
     * @param kind the kind of credential
     * @param connection the credential that the tokens will be kept as; new, or one that is connected anew
     * @param name its name, if it is new
     * @param attributes its attributes, if it is new
     * @param by who asked
     * @param verifier the PKCE verifier
     */
    public record Pending(
            OrgId org,
            String kind,
            CredentialId connection,
            String name,
            Map<String, String> attributes,
            String by,
            String verifier) {
        /** Copies the attributes. */
        public Pending {
            attributes = Map.copyOf(attributes);
        }

        /** The organization that a state names; empty if it has not the form of one. Nothing is proved by it. */
        public static Optional<OrgId> organization(String state) {
            int dot = state.indexOf('.');
            try {
                return dot < 0 ? Optional.empty() : Optional.of(new OrgId(state.substring(0, dot)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** Without the verifier. */
        @Override
        public String toString() {
            return "Pending[org=" + org + ", kind=" + kind + ", connection=" + connection + "]";
        }
    }

    /**
     * Remembers a consent that a person is sent for.
     *
     * @return its state, for the authorization URL
     */
    public String begin(Pending pending, Instant expiresAt) {
        canary.check();
        CredentialId id = new CredentialId("cred_" + new BigInteger(ID_BITS, RANDOM).toString(RADIX));
        // The whole of it is sealed: nobody who can write to the database can have tokens kept somewhere else.
        Map<String, String> secrets = new HashMap<>();
        pending.attributes().forEach((name, value) -> secrets.put(ATTRIBUTE + name, value));
        secrets.put(VERIFIER, pending.verifier());
        secrets.put(CREDENTIAL, pending.connection().value());
        secrets.put(NAME, pending.name());
        secrets.put(BY, pending.by());
        Credential sealed = new Credential(id, pending.org(), pending.kind(), "", Map.of(), secrets);
        mongo.insert(
                new Document("_id", id.value())
                        .append("org_id", pending.org().value())
                        .append("kind", pending.kind())
                        .append("name", "")
                        .append("attributes", new Document())
                        .append(CredentialCodec.CIPHERTEXT, codec.seal(sealed))
                        .append("expire_at", Date.from(expiresAt)),
                COLLECTION);
        return pending.org().value() + "." + id.value();
    }

    /**
     * Takes a state that came back: a second time it is not there any more.
     *
     * @param org the organization that {@link Pending#organization} reads from it
     * @return empty if there is none such, or its time is over
     */
    public Optional<Pending> take(OrgId org, String state) {
        canary.check();
        return id(state)
                .map(id -> mongo.findAndRemove(
                        query(where("_id").is(id.value()).and("org_id").is(org.value())), Document.class, COLLECTION))
                .filter(found -> found.getDate("expire_at").toInstant().isAfter(clock.instant()))
                .map(codec::open)
                .map(AuthorizationStore::pending);
    }

    private static Optional<CredentialId> id(String state) {
        try {
            return Optional.of(new CredentialId(state.substring(state.indexOf('.') + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Pending pending(Credential sealed) {
        Map<String, String> secrets = sealed.secrets();
        Map<String, String> attributes = new HashMap<>();
        secrets.forEach((name, value) -> {
            if (name.startsWith(ATTRIBUTE)) {
                attributes.put(name.substring(ATTRIBUTE.length()), value);
            }
        });
        return new Pending(
                sealed.org(),
                sealed.kind(),
                new CredentialId(required(secrets, CREDENTIAL)),
                required(secrets, NAME),
                attributes,
                required(secrets, BY),
                required(secrets, VERIFIER));
    }

    private static String required(Map<String, String> secrets, String name) {
        String value = secrets.get(name);
        if (value == null) {
            throw new VaultException("a pending authorization lacks " + name);
        }
        return value;
    }
}
