package dev.automationengine.localstack.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tokens and keys that the vendors accept: those registered here, no others. Thread-safe. */
public final class Tokens {
    private final Map<String, Set<String>> pagesByToken = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> phoneNumbersByToken = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> datasetsByToken = new ConcurrentHashMap<>();
    private final Map<String, Integer> subcodeByDeadToken = new ConcurrentHashMap<>();
    private final Map<String, String> appByToken = new ConcurrentHashMap<>();
    private final Set<String> crmKeys = ConcurrentHashMap.newKeySet();
    private final Map<Vendor, Set<String>> keys = new ConcurrentHashMap<>();
    private volatile @Nullable String appSecret;

    private final OAuthGrants grants;

    Tokens(OAuthGrants grants) {
        this.grants = grants;
    }

    /** Accepts a page token, for these pages only. */
    public void page(String token, String... pageIds) {
        subcodeByDeadToken.remove(token);
        pagesByToken.put(token, Set.of(pageIds));
    }

    /** Makes a page token another app's than {@link DemoAccounts#APP}. */
    public void app(String token, String appId) {
        appByToken.put(token, appId);
    }

    /** Accepts a WhatsApp token, for these phone numbers only. */
    public void whatsApp(String token, String... phoneNumberIds) {
        subcodeByDeadToken.remove(token);
        phoneNumbersByToken.put(token, Set.of(phoneNumberIds));
    }

    /** Accepts a token of the Conversions API, for these datasets only. */
    public void dataset(String token, String... datasetIds) {
        subcodeByDeadToken.remove(token);
        datasetsByToken.put(token, Set.of(datasetIds));
    }

    /** Accepts a key of the CRM. */
    public void crmKey(String key) {
        crmKeys.add(key);
    }

    /** Refuses a key of the CRM from now on. */
    public void revokeCrmKey(String key) {
        crmKeys.remove(key);
    }

    /** Accepts a token or key of a vendor that is neither Meta nor the CRM. */
    public void key(Vendor vendor, String key) {
        keys.computeIfAbsent(vendor, none -> ConcurrentHashMap.newKeySet()).add(key);
    }

    /** Refuses such a token from now on, as the vendor refuses one that has expired. */
    public void revokeKey(Vendor vendor, String key) {
        keys.getOrDefault(vendor, Set.of()).remove(key);
    }

    /**
     * Ends a Meta token: error 190 from now on, until it is registered again.
     *
     * @param subcode why: 460 password changed, 463 expired, 467 logged out
     */
    public void expire(String token, int subcode) {
        subcodeByDeadToken.put(token, subcode);
    }

    /** Demands {@code appsecret_proof} on every Graph and WhatsApp call; null: no longer. */
    public void requireAppSecretProof(@Nullable String secret) {
        appSecret = secret;
    }

    /** Back to the demo's accounts alone. */
    public void clear() {
        pagesByToken.clear();
        phoneNumbersByToken.clear();
        datasetsByToken.clear();
        appByToken.clear();
        subcodeByDeadToken.clear();
        crmKeys.clear();
        keys.clear();
        appSecret = null;
        page(DemoAccounts.PAGE_TOKEN, DemoAccounts.PAGE);
        whatsApp(DemoAccounts.WHATSAPP_TOKEN, DemoAccounts.PHONE_NUMBER_ID);
        dataset(DemoAccounts.DATASET_TOKEN, DemoAccounts.DATASET);
        crmKey(DemoAccounts.CRM_KEY);
        DemoAccounts.KEYS.forEach(this::key);
    }

    boolean knownToMeta(String token) {
        return pagesByToken.containsKey(token)
                || phoneNumbersByToken.containsKey(token)
                || datasetsByToken.containsKey(token);
    }

    Optional<Integer> deadSubcode(String token) {
        return Optional.ofNullable(subcodeByDeadToken.get(token));
    }

    boolean seesPage(String token, String pageId) {
        return pagesByToken.getOrDefault(token, Set.of()).contains(pageId);
    }

    String appOf(String token) {
        return appByToken.getOrDefault(token, DemoAccounts.APP);
    }

    boolean sendsFrom(String token, String phoneNumberId) {
        return phoneNumbersByToken.getOrDefault(token, Set.of()).contains(phoneNumberId);
    }

    boolean writesTo(String token, String datasetId) {
        return datasetsByToken.getOrDefault(token, Set.of()).contains(datasetId);
    }

    boolean acceptsCrmKey(String key) {
        return crmKeys.contains(key);
    }

    /** A key that was registered, or an access token that the vendor gave for a consent. */
    boolean accepts(Vendor vendor, String key) {
        return registered(vendor, key) || granted(vendor, key);
    }

    boolean registered(Vendor vendor, String key) {
        return keys.getOrDefault(vendor, Set.of()).contains(key);
    }

    boolean granted(Vendor vendor, String token) {
        return grants.accepts(vendor, token);
    }

    Optional<String> appSecret() {
        return Optional.ofNullable(appSecret);
    }
}
