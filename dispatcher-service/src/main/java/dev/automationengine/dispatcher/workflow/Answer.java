package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Reference;
import dev.automationengine.expressions.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a waiting step waits for. */
public sealed interface Answer {
    /** What it reads, by the place in the step's definition. */
    Map<String, List<Reference>> reads();

    /** A machine calls its link, with data. */
    record Call() implements Answer {
        @Override
        public Map<String, List<Reference>> reads() {
            return Map.of();
        }
    }

    /**
     * An event comes that has the value.
     *
     * @param event the kind of event, and where it has the value
     * @param value gives the value, a text, number or truth
     */
    record Event(AwaitedEvent event, Template value) implements Answer {
        @Override
        public Map<String, List<Reference>> reads() {
            return Map.of("/event/match/value", value.references());
        }
    }

    /**
     * A person decides, by one of its links.
     *
     * @param message what the person is asked, with places to fill in
     * @param approvers who may be asked, each with links of his own; none: whoever has the links
     */
    record Decision(Template message, List<Template> approvers) implements Answer {
        /** The most approvers. */
        public static final int MOST_APPROVERS = 20;

        /** Copies the list. */
        public Decision {
            approvers = List.copyOf(approvers);
        }

        @Override
        public Map<String, List<Reference>> reads() {
            Map<String, List<Reference>> reads = new LinkedHashMap<>();
            reads.put("/message", message.references());
            for (int i = 0; i < approvers.size(); i++) {
                reads.put("/approvers/" + i, approvers.get(i).references());
            }
            return reads;
        }
    }
}
