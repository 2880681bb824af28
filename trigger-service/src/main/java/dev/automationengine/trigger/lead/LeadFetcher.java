package dev.automationengine.trigger.lead;

import dev.automationengine.connectors.vault.AmbiguousCredentialException;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.connectors.vault.VaultException;
import dev.automationengine.connectors.vault.WrongMasterKeyException;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.id.CredentialId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Gets leads from Graph, up to 50 per call.
 *
 * <p>Each organization fetches with its own token, even if several listen to the same page: a workflow may name any
 * form, and only Graph knows who may read its leads.
 */
@Component
class LeadFetcher implements DisposableBean {
    private static final String CREDENTIAL_KIND = "meta_page";
    private static final String TOKEN = "access_token";

    private final CredentialVault vault;
    private final GraphClient graph;
    private final FormSchemas forms;
    private final Semaphore calls;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    LeadFetcher(CredentialVault vault, GraphClient graph, FormSchemas forms, LeadProperties properties) {
        this.forms = forms;
        this.vault = vault;
        this.graph = graph;
        this.calls = new Semaphore(properties.parallelCalls());
    }

    /**
     * What became of a notice.
     *
     * @param personal names of answers that the form's schema says are personal
     */
    record Fetched(LeadNotice notice, GraphAnswer answer, Set<String> personal) {
        Fetched(LeadNotice notice, GraphAnswer answer) {
            this(notice, answer, Set.of());
        }
    }

    /** Fetches all; every notice has its answer. */
    List<Fetched> fetch(List<LeadNotice> notices) {
        List<Fetched> fetched = new ArrayList<>(notices.size());
        Map<Credential, List<LeadNotice>> byToken = new LinkedHashMap<>();
        for (LeadNotice notice : notices) {
            try {
                credential(notice)
                        .ifPresentOrElse(
                                found -> byToken.computeIfAbsent(found, c -> new ArrayList<>())
                                        .add(notice),
                                () -> fetched.add(new Fetched(notice, GraphFailures.NO_CREDENTIAL)));
            } catch (AmbiguousCredentialException e) {
                fetched.add(new Fetched(notice, GraphFailures.AMBIGUOUS_CREDENTIAL));
            } catch (WrongMasterKeyException e) {
                // No organization's secrets can be read: the batch waits until the service is set right.
                throw e;
            } catch (VaultException e) {
                // One organization's secret is damaged: that must not hold up the others.
                fetched.add(new Fetched(notice, GraphFailures.UNREADABLE_CREDENTIAL));
            }
        }
        List<Future<List<Fetched>>> running = new ArrayList<>();
        byToken.forEach((credential, own) -> {
            for (int from = 0; from < own.size(); from += GraphClient.MAX_BATCH) {
                List<LeadNotice> chunk = own.subList(from, Math.min(own.size(), from + GraphClient.MAX_BATCH));
                running.add(threads.submit(() -> call(credential, chunk)));
            }
        });
        running.forEach(call -> fetched.addAll(join(call)));
        return fetched;
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }

    private List<Fetched> call(Credential credential, List<LeadNotice> chunk) throws InterruptedException {
        calls.acquire();
        try {
            String token = credential.secrets().getOrDefault(TOKEN, "");
            Map<String, GraphAnswer> answers = graph.leads(
                    token, chunk.stream().map(LeadNotice::leadgenId).distinct().toList());
            return chunk.stream()
                    .map(n -> fetched(n, answers.getOrDefault(n.leadgenId(), GraphFailures.NO_ANSWER), token))
                    .toList();
        } finally {
            calls.release();
        }
    }

    private Fetched fetched(LeadNotice notice, GraphAnswer answer, String token) {
        String form = answer instanceof GraphAnswer.Found(JsonNode lead) ? LeadEvents.formId(notice, lead) : null;
        return form == null
                ? new Fetched(notice, answer)
                : new Fetched(notice, answer, forms.personal(notice.orgId(), form, token));
    }

    private Optional<Credential> credential(LeadNotice notice) {
        CredentialId named = notice.credentialId();
        Optional<Credential> found = named == null ? Optional.empty() : vault.find(notice.orgId(), named);
        if (found.isPresent()) {
            return found;
        }
        // Also where the named one has been replaced since: a lead that waits for a credential takes the new one.
        Map<String, String> page = notice.pageId() == null ? Map.of() : Map.of("page_id", notice.pageId());
        return vault.findOnly(notice.orgId(), CREDENTIAL_KIND, page);
    }

    private static List<Fetched> join(Future<List<Fetched>> call) {
        try {
            return call.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while leads are fetched: the batch comes again", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fetch of leads failed: the batch comes again", e.getCause());
        }
    }
}
