package dev.automationengine.dispatcher.workflow;

import dev.automationengine.dispatcher.workflow.References.Kind;
import dev.automationengine.dispatcher.workflow.References.Place;
import dev.automationengine.dispatcher.workflow.WorkflowFile.Reference;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Workflows out of files and into them. What a file names is looked for in the organization: by the id that the importer
 * gives for it, then by its own id, then by its name, which must be the only one of its kind.
 */
@Service
class WorkflowFiles {
    private final Workflows workflows;
    private final WorkflowHistory history;
    private final ReferenceNames names;
    private final Definitions definitions;

    WorkflowFiles(Workflows workflows, WorkflowHistory history, ReferenceNames names, Definitions definitions) {
        this.workflows = workflows;
        this.history = history;
        this.names = names;
        this.definitions = definitions;
    }

    /**
     * A workflow as a file.
     *
     * @param version the number of a version, or {@code draft}
     */
    WorkflowFile file(OrgId org, WorkflowId id, String version) {
        Map<String, @Nullable Object> document =
                history.content(org, id, version).document();
        List<Place> places = References.of(document);
        List<Reference> references = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            references.addAll(names.byId(org, kind, ids(places, kind)));
        }
        return new WorkflowFile(WorkflowFile.FORMAT, document, references, null);
    }

    /**
     * Makes a draft of a file.
     *
     * @throws ProblemException with everything that cannot be found, or is wrong otherwise
     */
    Workflow make(Workflows.Change change, WorkflowFile file, @Nullable String idempotencyKey) {
        Map<String, String> given = file.ids() == null ? Map.of() : file.ids();
        List<Place> places = References.of(file.workflow());
        Map<String, String> replacements = new HashMap<>(given);
        Map<String, String> missing = new HashMap<>();
        for (Kind kind : Kind.values()) {
            Set<String> wanted = ids(places, kind);
            wanted.removeAll(given.keySet());
            names.byId(change.org(), kind, wanted).forEach(here -> wanted.remove(here.id()));
            find(change.org(), kind, wanted, file.references(), replacements, missing);
        }
        Map<String, @Nullable Object> document = References.replaced(file.workflow(), replacements);
        refuse(change.org(), document, places, missing);
        document.put("is_active", false);
        return workflows.create(change, document, idempotencyKey);
    }

    /** Finds by their names what is not there by its id. */
    private void find(
            OrgId org,
            Kind kind,
            Set<String> wanted,
            @Nullable List<Reference> references,
            Map<String, String> found,
            Map<String, String> missing) {
        Map<String, Reference> told = references == null
                ? Map.of()
                : references.stream()
                        .filter(each -> each.type() == kind && wanted.contains(each.id()))
                        .collect(Collectors.toMap(Reference::id, each -> each, (first, second) -> first));
        List<Reference> candidates = names.byName(
                org, kind, told.values().stream().map(Reference::name).toList());
        for (String id : wanted) {
            Reference reference = told.get(id);
            if (reference == null) {
                missing.put(id, id + " is not here, and the file does not say what it was");
                continue;
            }
            List<Reference> alike =
                    candidates.stream().filter(reference::isLike).toList();
            if (alike.size() == 1) {
                found.put(id, alike.getFirst().id());
            } else {
                missing.put(
                        id,
                        (alike.isEmpty() ? "there is no " : "there is more than one ") + reference.words()
                                + ": send ids with \"" + id + "\" and the id of the one to use");
            }
        }
    }

    private void refuse(
            OrgId org, Map<String, @Nullable Object> document, List<Place> places, Map<String, String> missing) {
        Map<String, String> errors = new LinkedHashMap<>();
        definitions.errors(org, document).forEach(each -> errors.put(each.pointer(), each.detail()));
        // What the file says about a thing that is missing helps more than its id.
        places.stream()
                .filter(place -> missing.containsKey(place.id()))
                .forEach(place -> errors.put(place.pointer(), Objects.requireNonNull(missing.get(place.id()))));
        if (!errors.isEmpty()) {
            List<FieldError> all = new ArrayList<>();
            errors.forEach((pointer, detail) -> all.add(new FieldError("/workflow" + pointer, detail)));
            throw new ProblemException(Problem.INVALID_REQUEST, "The file's workflow cannot run here.", all);
        }
    }

    private static Set<String> ids(List<Place> places, Kind kind) {
        return places.stream()
                .filter(place -> place.kind() == kind)
                .map(Place::id)
                .collect(Collectors.toSet());
    }
}
