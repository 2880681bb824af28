package dev.automationengine.kit.mongo;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/** Stores an id as its text. */
final class IdConverter<T> implements GenericConverter {
    private final Class<T> type;
    private final Function<String, T> parse;

    IdConverter(Class<T> type, Function<String, T> parse) {
        this.type = type;
        this.parse = parse;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(type, String.class), new ConvertiblePair(String.class, type));
    }

    @Override
    public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
        return switch (source) {
            case null -> null;
            case String text when to.getType() == type -> parse.apply(text);
            default -> source.toString();
        };
    }
}
