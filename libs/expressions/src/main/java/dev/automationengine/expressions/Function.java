package dev.automationengine.expressions;

import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of expressions: charges its evaluation for what it is given before it does anything. */
final class Function extends Jsonata.JFunction {
    private final int least;
    private final int most;
    private final Body body;
    private final String name;
    private final Jsonata.@Nullable JFunction signature;

    /** What a function does with its arguments; {@code most} of them, those that were left out are null. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object apply(List<@Nullable Object> arguments);
    }

    /** One of ours, which takes from {@code least} to {@code most} arguments. */
    Function(String name, int least, int most, Body body) {
        this(name, least, most, body, null);
    }

    /** One of the library's: arguments are checked by its signature. */
    Function(String name, Jsonata.JFunction builtIn, Body body) {
        this(name, 0, builtIn.getNumberOfArgs(), body, builtIn);
    }

    private Function(String name, int least, int most, Body body, Jsonata.@Nullable JFunction signature) {
        // The name is needed for partial application; the method that is named here is never called.
        super(name, "<x-:b>", com.dashjoin.jsonata.Functions.class, null, "toBoolean");
        this.name = name;
        this.least = least;
        this.most = most;
        this.body = body;
        this.signature = signature;
    }

    String name() {
        return name;
    }

    @Override
    public @Nullable Object call(@Nullable Object input, List arguments) {
        Evaluation.current().arguments(arguments);
        @SuppressWarnings("unchecked")
        List<@Nullable Object> given = (List<@Nullable Object>) arguments;
        return body.apply(given);
    }

    @Override
    public Object validate(Object arguments, Object context) {
        if (signature != null) {
            return signature.validate(arguments, context);
        }
        List<@Nullable Object> given = new java.util.ArrayList<>((List<?>) arguments);
        if (given.size() < least || given.size() > most) {
            String wanted = least == most ? String.valueOf(most) : least + " to " + most;
            throw new FunctionException("$" + name + " takes " + wanted + " arguments, not " + given.size());
        }
        given.replaceAll(each -> each == Jsonata.NULL_VALUE ? null : each);
        while (given.size() < most) {
            given.add(null);
        }
        return given;
    }

    @Override
    public int getNumberOfArgs() {
        return most;
    }
}
