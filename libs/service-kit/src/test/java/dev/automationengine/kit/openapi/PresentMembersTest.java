package dev.automationengine.kit.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PresentMembersTest {
    record Outer(
            String name,
            @Nullable String note,
            List<Inner> inner,
            int count,
            @JsonUnwrapped Flat flat) {}

    record Flat(String inside) {}

    record Inner(@Nullable String text) {}

    @Test
    @SuppressWarnings("rawtypes") // As the library answers.
    void members_that_are_never_null_are_named() {
        ModelConverters converters = new ModelConverters(true);
        converters.addConverter(new PresentMembers());
        Map<String, Schema> schemas =
                converters.resolveAsResolvedSchema(new AnnotatedType(Outer.class).resolveAsRef(true)).referencedSchemas;

        assertThat(schemas.get("Outer"))
                .extracting(Schema::getExtensions)
                .isEqualTo(Map.of(PresentMembers.PRESENT, List.of("name", "inner", "count", "inside")));
        assertThat(schemas.get("Inner")).extracting(Schema::getExtensions).isNull();
    }
}
