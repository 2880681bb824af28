package dev.automationengine.expressions;

/**
 * Something that is wrong in a template or a condition.
 *
 * @param pointer where: a JSON pointer (RFC 6901) relative to what was compiled; empty for the whole
 * @param reason what is wrong and how to mend it, in one sentence
 */
public record Finding(String pointer, String reason) {
    /** The pointer of a member or an element of what {@code parent} points at. */
    public static String child(String parent, Object nameOrIndex) {
        return parent + "/" + nameOrIndex.toString().replace("~", "~0").replace("/", "~1");
    }
}
