package dev.automationengine.kit.openapi;

import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.annotations.Operation;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The OpenAPI documents of the services. */
@AutoConfiguration
public class OpenApiKitAutoConfiguration {
    static {
        // An enumeration is one schema, and one type of a client, wherever it is used; the library has no other switch.
        ModelResolver.enumsAsRef = true;
    }

    /** Only a name that somebody chose is a name of an operation: those of Java methods change with the code. */
    @Bean
    GlobalOperationCustomizer chosenOperationIds() {
        return (operation, method) -> {
            Operation described = method.getMethodAnnotation(Operation.class);
            return described == null || described.operationId().isEmpty() ? operation.operationId(null) : operation;
        };
    }

    @Bean
    ModelConverter presentMembers() {
        return new PresentMembers();
    }
}
