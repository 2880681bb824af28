package dev.automationengine.localstack.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Graph API as far as leads need it: one lead, a form and its leads, apps and their pages, several calls in one batch. */
final class GraphApi implements VendorApi {
    private static final Pattern ROOT = Pattern.compile("/graph(/v\\d{1,2}\\.0)?/?");
    private static final Pattern NODE = Pattern.compile("/graph/v\\d{1,2}\\.0/([^/]+)/?");
    private static final Pattern FORM_LEADS = Pattern.compile("/graph/v\\d{1,2}\\.0/([^/]+)/leads/?");

    private static final Pattern PAGE_APPS = Pattern.compile("/graph/v\\d{1,2}\\.0/([^/]+)/subscribed_apps/?");

    private static final Pattern APP_SUBSCRIPTIONS = Pattern.compile("/graph/v\\d{1,2}\\.0/([^/]+)/subscriptions/?");

    private final GraphAccess access;
    private final Leads leads;
    private final Tokens tokens;
    private final GraphLeadPages pages;
    private final GraphPageApps pageApps;
    private final GraphAppSubscriptions appSubscriptions;
    private final GraphBatch batch;

    GraphApi(Leads leads, Tokens tokens, PageApps pageApps, MetaApps metaApps, Faults faults) {
        this.access = new GraphAccess(tokens);
        this.leads = leads;
        this.tokens = tokens;
        this.pages = new GraphLeadPages(leads);
        this.pageApps = new GraphPageApps(access, tokens, pageApps);
        this.appSubscriptions = new GraphAppSubscriptions(metaApps);
        this.batch = new GraphBatch(this::get, faults);
    }

    @Override
    public Answer answer(Call call) {
        return switch (call.method()) {
            case "GET" -> get(call);
            case "POST" -> post(call);
            default -> throw GraphError.of(100, "Unsupported method").refused();
        };
    }

    private Answer post(Call call) {
        Matcher apps = PAGE_APPS.matcher(call.path());
        if (apps.matches()) {
            return pageApps.subscribe(call.withFormParameters(), apps.group(1));
        }
        Matcher app = APP_SUBSCRIPTIONS.matcher(call.path());
        if (app.matches()) {
            return appSubscriptions.subscribe(call.withFormParameters(), app.group(1));
        }
        if (!ROOT.matcher(call.path()).matches()) {
            throw GraphError.of(3, "(#3) Application does not have the capability to make this API call.")
                    .refused();
        }
        Call withForm = call.withFormParameters();
        access.token(withForm);
        return batch.answer(withForm);
    }

    private Answer get(Call call) {
        Matcher form = FORM_LEADS.matcher(call.path());
        if (form.matches()) {
            return formLeads(call, form.group(1));
        }
        Matcher apps = PAGE_APPS.matcher(call.path());
        if (apps.matches()) {
            return pageApps.list(call, apps.group(1));
        }
        Matcher app = APP_SUBSCRIPTIONS.matcher(call.path());
        if (app.matches()) {
            return appSubscriptions.list(call, app.group(1));
        }
        Matcher node = NODE.matcher(call.path());
        if (node.matches()) {
            String id = node.group(1);
            return leads.pageOf(id).isPresent() ? form(call, id) : lead(call, id);
        }
        throw GraphError.of(2500, "Unknown path components: " + call.path()).refused();
    }

    private Answer lead(Call call, String id) {
        String token = access.token(call);
        Lead lead = leads.find(id)
                .filter(found -> tokens.seesPage(token, found.pageId()))
                .orElseThrow(() -> GraphError.notVisible("get", id).refused());
        return Answer.json(200, GraphLeadNode.fieldsOf(call).project(lead));
    }

    /** A form as a node: its questions, whichever fields are asked for, and its page if that is. */
    private Answer form(Call call, String formId) {
        requireVisible(formId, access.token(call));
        ObjectNode node = Json.object().put("id", formId);
        if (call.parameter("fields")
                .filter(fields -> fields.contains("page_id"))
                .isPresent()) {
            leads.pageOf(formId).ifPresent(page -> node.put("page_id", page));
        }
        ArrayNode questions = node.putArray("questions");
        leads.questionsOf(formId)
                .forEach((key, type) ->
                        questions.addObject().put("key", key).put("label", key).put("type", type));
        return Answer.json(200, node);
    }

    private Answer formLeads(Call call, String formId) {
        String token = access.token(call);
        requireVisible(formId, token);
        return pages.answer(call, formId, token);
    }

    private void requireVisible(String formId, String token) {
        boolean visible = leads.pageOf(formId)
                .filter(page -> tokens.seesPage(token, page))
                .isPresent();
        if (!visible) {
            throw GraphError.notVisible("get", formId).refused();
        }
    }
}
