package dev.automationengine.kit.openapi;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names in {@code x-present} the members of a record that are never null. An answer always has them; whether a request
 * must have them is another question, so the gateway, which knows where each schema is used, decides.
 */
final class PresentMembers implements ModelConverter {
    /** The extension. */
    static final String PRESENT = "x-present";

    private static final String REF = "#/components/schemas/";

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public @Nullable Schema resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        JavaType java = Json.mapper().constructType(type.getType());
        if (resolved != null && java != null && java.getRawClass().isRecord()) {
            mark(java.getRawClass(), model(resolved, context.getDefinedModels()));
        }
        return resolved;
    }

    private static Schema<?> model(Schema<?> resolved, Map<String, Schema> defined) {
        String ref = resolved.get$ref();
        Schema<?> named = ref == null ? null : defined.get(ref.replace(REF, ""));
        return named == null ? resolved : named;
    }

    private static void mark(Class<?> type, Schema<?> model) {
        if (model.getProperties() == null) {
            return;
        }
        List<String> present =
                members(type).filter(model.getProperties()::containsKey).toList();
        if (!present.isEmpty()) {
            model.addExtension(PRESENT, present);
        }
    }

    private static Stream<String> members(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(member -> !member.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .flatMap(member -> member.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                                && member.getType().isRecord()
                        ? members(member.getType())
                        : Stream.of(member.getName()));
    }
}
