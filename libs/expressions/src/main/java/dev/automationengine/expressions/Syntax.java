package dev.automationengine.expressions;

/** What may stand between <code>{{</code> and <code>}}</code>. */
public enum Syntax {
    /** Only a {@link Path}: what manifests of connectors use. */
    PATHS,
    /** A path, which is read without an interpreter, or any JSONata expression (docs.jsonata.org). */
    JSONATA
}
