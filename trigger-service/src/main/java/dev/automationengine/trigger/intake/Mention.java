package dev.automationengine.trigger.intake;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A text value that a record of JSON may hold somewhere. Most records of a topic that many read are not worth being
 * parsed: those without the value cannot be meant.
 */
public final class Mention {
    private final byte[] quoted;

    /** Looks for a text in quotes. */
    public Mention(String text) {
        this.quoted = ('"' + text + '"').getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the record holds the text, as a value or a name. */
    public boolean isIn(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return false;
        }
        for (int start = 0; start <= value.length - quoted.length; start++) {
            int length = 0;
            while (length < quoted.length && value[start + length] == quoted[length]) {
                length++;
            }
            if (length == quoted.length) {
                return true;
            }
        }
        return false;
    }
}
