package dev.automationengine.localstack.simulator;

import java.util.Map;

/** The accounts that the simulators know from the start: what the demo and the documentation use. */
public final class DemoAccounts {
    /** A Facebook page. */
    public static final String PAGE = "138124712925158";
    /** A lead form of {@link #PAGE}. */
    public static final String FORM = "172036835026334";
    /** The access token of {@link #PAGE}. */
    public static final String PAGE_TOKEN = "EAAPAGE";
    /** A WhatsApp phone number. */
    public static final String PHONE_NUMBER_ID = "106540352242922";
    /** The access token of {@link #PHONE_NUMBER_ID}. */
    public static final String WHATSAPP_TOKEN = "EAAWA";
    /** An API key of the generic CRM. */
    public static final String CRM_KEY = "crm-demo-key";

    /** The client that the authorization server knows. */
    public static final String OAUTH_CLIENT = "oauth-demo-client";
    /** Its secret. */
    public static final String OAUTH_SECRET = "oauth-demo-secret";

    /** Twilio's account. */
    public static final String TWILIO_ACCOUNT = "ACdemo";

    /** Tokens and keys of the vendors that are neither Meta nor the CRM. */
    public static final Map<Vendor, String> KEYS = Map.of(
            Vendor.HUBSPOT, "hubspot-demo-token",
            Vendor.SALESFORCE, "salesforce-demo-token",
            Vendor.ZOHO, "zoho-demo-token",
            Vendor.SLACK, "slack-demo-token",
            Vendor.TELEGRAM, "110201543:telegram-demo-token",
            Vendor.TWILIO, "twilio-demo-token",
            Vendor.SENDGRID, "sendgrid-demo-key");

    private DemoAccounts() {}
}
