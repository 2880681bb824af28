package dev.automationengine.localstack.simulator;

import java.util.Map;

/** The accounts that the simulators know from the start: what the demo and the documentation use. */
public final class DemoAccounts {
    /** A Facebook page. */
    public static final String PAGE = "138124712925158";
    /** The app at Meta that tokens belong to unless something else is said. */
    public static final String APP = "1029384756102938";
    /** A lead form of {@link #PAGE}. */
    public static final String FORM = "172036835026334";
    /** The access token of {@link #PAGE}. */
    public static final String PAGE_TOKEN = "EAAPAGE";
    /** A WhatsApp phone number. */
    public static final String PHONE_NUMBER_ID = "106540352242922";
    /** The access token of {@link #PHONE_NUMBER_ID}. */
    public static final String WHATSAPP_TOKEN = "EAAWA";
    /** A dataset of the Conversions API. */
    public static final String DATASET = "883746510293847";
    /** The access token of {@link #DATASET}. */
    public static final String DATASET_TOKEN = "EAACAPI";
    /** An API key of the generic CRM. */
    public static final String CRM_KEY = "crm-demo-key";

    /** The client that the authorization server knows. */
    public static final String OAUTH_CLIENT = "oauth-demo-client";
    /** Its secret. */
    public static final String OAUTH_SECRET = "oauth-demo-secret";

    /** A service account of Google. */
    public static final String GOOGLE_ACCOUNT = "engine@demo.iam.gserviceaccount.com";
    /** Who consents at the authorization server, as Google knows them. */
    public static final String GOOGLE_USER = "joe@example.com";
    /** A spreadsheet that both may write, and its first sheet, whose first row is Key, Name, Email, Phone. */
    public static final String SPREADSHEET = "1DemoSpreadsheet";
    /** See {@link #SPREADSHEET}. */
    public static final String SHEET = "Leads";

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
            Vendor.PIPEDRIVE, "pipedrive-demo-token",
            Vendor.SENDGRID, "sendgrid-demo-key");

    private DemoAccounts() {}
}
