package dev.automationengine.localstack.simulator;

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

    private DemoAccounts() {}
}
