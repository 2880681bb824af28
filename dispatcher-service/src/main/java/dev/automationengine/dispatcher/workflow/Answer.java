package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Template;
import java.util.List;

/** What a waiting step waits for. */
public sealed interface Answer {
    /** A machine calls its link, with data. */
    record Call() implements Answer {}

    /**
     * An event comes that has the value.
     *
     * @param event the kind of event, and where it has the value
     * @param value gives the value, a text, number or truth
     */
    record Event(AwaitedEvent event, Template value) implements Answer {}

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
    }
}
