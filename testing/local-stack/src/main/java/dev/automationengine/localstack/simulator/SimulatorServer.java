package dev.automationengine.localstack.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The simulated third parties in one HTTP server on the loopback address: {@code /graph} (Graph and WhatsApp, in the
 * place of graph.facebook.com), {@code /crm}, {@code /oauth}, {@code /echo}, and {@code /control} for what this class offers in Java.
 * It starts with the {@link DemoAccounts} and no faults.
 */
public final class SimulatorServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    static {
        // Read once, when the server's classes load. Without it each answer waits 40 ms for the caller's ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Longer than any client keeps an idle connection: else both ends may close and open it in the same moment.
        System.setProperty("sun.net.httpserver.idleInterval", "600");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Leads leads;
    private final Tokens tokens;
    private final PageApps pageApps = new PageApps();
    private final MetaApps metaApps = new MetaApps();
    private final HubSpotContacts hubSpotContacts;
    private final PipedriveApi pipedrive;
    private final SalesforceApi salesforce;
    private final ZohoApi zoho;
    private final CallRates callRates;
    private final OptOuts optOuts = new OptOuts();
    private final WhatsApp whatsApp;
    private final WhatsAppStatuses whatsAppStatuses = new WhatsAppStatuses();
    private final Faults faults = new Faults();
    private final RequestLog requests;
    private final Effects effects = new Effects();
    private final OAuthGrants oauth;
    private final CrmApi crm;
    private final GoogleSheets googleSheets;
    private final GoogleAccounts googleAccounts;

    private SimulatorServer(HttpServer http, InstantSource clock) {
        this.http = http;
        this.leads = new Leads(clock);
        this.oauth = new OAuthGrants(clock);
        this.tokens = new Tokens(oauth);
        this.hubSpotContacts = new HubSpotContacts(clock);
        this.callRates = new CallRates(clock);
        this.salesforce = new SalesforceApi(tokens, effects, callRates);
        this.zoho = new ZohoApi(tokens, effects, callRates);
        this.pipedrive = new PipedriveApi(tokens, effects, clock);
        this.whatsApp = new WhatsApp(clock);
        this.requests = new RequestLog(clock);
        this.crm = new CrmApi(tokens, oauth, effects, clock);
        this.googleSheets = new GoogleSheets(clock);
        this.googleAccounts = new GoogleAccounts(clock);
        Map<Vendor, VendorApi> vendors = new EnumMap<>(Vendor.class);
        vendors.put(Vendor.GRAPH, new GraphApi(leads, tokens, pageApps, metaApps, faults));
        vendors.put(Vendor.WHATSAPP, new WhatsAppApi(tokens, whatsApp, whatsAppStatuses, effects, clock));
        vendors.put(Vendor.CONVERSIONS, new ConversionsApi(tokens, leads, effects));
        vendors.put(Vendor.CRM, crm);
        vendors.put(Vendor.OAUTH, OAuthApi.alone(oauth));
        vendors.put(Vendor.ECHO, new EchoApi(effects));
        vendors.put(
                Vendor.HUBSPOT,
                consenting(OAuthDialect.HUBSPOT, new HubSpotApi(tokens, hubSpotContacts, effects, callRates)));
        vendors.put(Vendor.SALESFORCE, consenting(OAuthDialect.SALESFORCE, salesforce));
        vendors.put(Vendor.ZOHO, consenting(OAuthDialect.ZOHO, zoho));
        vendors.put(Vendor.SLACK, consenting(OAuthDialect.SLACK, new SlackApi(tokens, effects, callRates)));
        vendors.put(Vendor.TELEGRAM, new TelegramApi(tokens, effects, callRates, optOuts));
        vendors.put(Vendor.TWILIO, new TwilioApi(tokens, effects, callRates, optOuts));
        vendors.put(
                Vendor.GOOGLE, new GoogleApi(googleSheets, googleAccounts, oauth, () -> url(Vendor.GOOGLE) + "/token"));
        vendors.put(Vendor.PIPEDRIVE, consenting(OAuthDialect.PIPEDRIVE, pipedrive));
        vendors.put(Vendor.SENDGRID, new SendGridApi(tokens, effects, callRates));
        reset();
        http.createContext("/", new SimulatorHandler(vendors, new ControlApi(this), requests, faults));
        http.setExecutor(threads);
        http.start();
    }

    private VendorApi consenting(OAuthDialect dialect, VendorApi api) {
        return OAuthApi.before(api, oauth, dialect, () -> url(dialect.vendor()).toString());
    }

    /**
     * Starts a server.
     *
     * @param port 0 for a free one
     * @throws UncheckedIOException if the port is taken
     */
    public static SimulatorServer start(int port) {
        return start(port, InstantSource.system());
    }

    /** Starts a server with its own clock: for the age of leads and the 24 hours of WhatsApp. */
    public static SimulatorServer start(int port, InstantSource clock) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return new SimulatorServer(HttpServer.create(address, BACKLOG), clock);
        } catch (IOException taken) {
            throw new UncheckedIOException("the simulators cannot listen on port " + port, taken);
        }
    }

    /** Runs the simulators until the process is ended: port by argument, else {@code ENGINE_SIMULATOR_PORT}, else 8090. */
    public static void main(String[] args) {
        String port = args.length > 0 ? args[0] : System.getenv().getOrDefault("ENGINE_SIMULATOR_PORT", "8090");
        SimulatorServer server = start(Integer.parseInt(port));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("simulators at " + server.url());
    }

    /** The base URL without a slash at its end, such as {@code http://127.0.0.1:8090}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Base URL of the simulated graph.facebook.com, without version. */
    public URI graphUrl() {
        return URI.create(url() + "/graph");
    }

    /** Base URL of the simulated CRM. */
    public URI crmUrl() {
        return URI.create(url() + "/crm");
    }

    /** Base URL of a simulated vendor, such as {@code http://127.0.0.1:8090/hubspot}; of WhatsApp {@link #graphUrl}. */
    public URI url(Vendor vendor) {
        return URI.create(url() + "/" + vendor.label());
    }

    /** Base URL of the simulated authorization server. */
    public URI oauthUrl() {
        return URI.create(url() + "/oauth");
    }

    /** What the authorization server gave out. */
    public OAuthGrants oauth() {
        return oauth;
    }

    /** Pages, forms and leads. */
    public Leads leads() {
        return leads;
    }

    /** Apps that are subscribed to pages. */
    public PageApps pageApps() {
        return pageApps;
    }

    /** Apps at Meta, and what they are subscribed to. */
    public MetaApps metaApps() {
        return metaApps;
    }

    /** Accepted tokens and keys. */
    public Tokens tokens() {
        return tokens;
    }

    /** Templates, conversation windows, numbers. */
    public WhatsApp whatsApp() {
        return whatsApp;
    }

    /** Who is told what became of messages. */
    public WhatsAppStatuses whatsAppStatuses() {
        return whatsAppStatuses;
    }

    /** HubSpot's contacts. */
    public HubSpotContacts hubSpotContacts() {
        return hubSpotContacts;
    }

    /** Pipedrive's persons. */
    public PipedriveApi pipedrive() {
        return pipedrive;
    }

    /** Salesforce's leads, its duplicate rule and locks. */
    public SalesforceApi salesforce() {
        return salesforce;
    }

    /** Zoho's records and locks. */
    public ZohoApi zoho() {
        return zoho;
    }

    /** How many calls vendors take. */
    public CallRates callRates() {
        return callRates;
    }

    /** Who wants no messages. */
    public OptOuts optOuts() {
        return optOuts;
    }

    /** Spreadsheets. */
    public GoogleSheets googleSheets() {
        return googleSheets;
    }

    /** Google's service accounts. */
    public GoogleAccounts googleAccounts() {
        return googleAccounts;
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    /** What was asked. */
    public RequestLog requests() {
        return requests;
    }

    /** What was done for good. */
    public Effects effects() {
        return effects;
    }

    /** Back to the state of the start. */
    public void reset() {
        faults.clear();
        leads.clear();
        tokens.clear();
        pageApps.clear();
        metaApps.clear();
        hubSpotContacts.clear();
        pipedrive.clear();
        salesforce.clear();
        zoho.clear();
        callRates.clear();
        optOuts.clear();
        whatsApp.clear();
        whatsAppStatuses.clear();
        requests.clear();
        effects.clear();
        oauth.clear();
        crm.clear();
        googleSheets.clear();
        googleAccounts.clear();
    }

    /** Stops at once; requests in flight lose their connection. */
    @Override
    public void close() {
        http.stop(0);
        whatsAppStatuses.close();
        threads.shutdownNow();
    }
}
