package dev.automationengine.systemtests.fleet;

import tools.jackson.databind.json.JsonMapper;

/** JSON as the tests read and write it: without the engine's own types, as a stranger would. */
public final class Json {
    /** The mapper. */
    public static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}
}
