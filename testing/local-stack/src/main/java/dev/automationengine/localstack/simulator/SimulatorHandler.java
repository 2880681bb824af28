package dev.automationengine.localstack.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Takes every request: records it, lets the faults have their way, and passes it to its vendor. */
final class SimulatorHandler implements HttpHandler {
    private final Map<Vendor, VendorApi> vendors;
    private final VendorApi control;
    private final RequestLog log;
    private final Faults faults;

    SimulatorHandler(Map<Vendor, VendorApi> vendors, VendorApi control, RequestLog log, Faults faults) {
        this.vendors = Map.copyOf(vendors);
        this.control = control;
        this.log = log;
        this.faults = faults;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Closing an exchange that has no answer ends the connection.
        try (exchange) {
            Optional<Answer> answer = answer(Call.read(exchange));
            if (answer.isPresent()) {
                write(exchange, answer.get());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Answer> answer(Call call) throws InterruptedException {
        if (call.under("/control")) {
            return Optional.of(asked(control, call));
        }
        Optional<Vendor> vendor = Vendor.of(call);
        if (vendor.isEmpty()) {
            return Optional.of(Answer.json(404, Json.object().put("error", "no simulator at " + call.path())));
        }
        log.record(vendor.get(), call);
        VendorApi api = Objects.requireNonNull(vendors.get(vendor.get()), "every vendor has its simulator");
        Optional<Fault> fault = faults.take(vendor.get(), faultText(vendor.get(), call));
        return fault.isPresent() ? faulty(api, call, fault.get()) : Optional.of(asked(api, call));
    }

    /** The items of a Graph batch meet the faults that name them one by one, in {@link GraphBatch}. */
    private static String faultText(Vendor vendor, Call call) {
        return vendor == Vendor.GRAPH ? call.path() + "?" + call.rawQuery() : call.matchable();
    }

    private static Optional<Answer> faulty(VendorApi api, Call call, Fault fault) throws InterruptedException {
        if (fault.delay().compareTo(Duration.ZERO) > 0) {
            Thread.sleep(fault.delay());
        }
        return switch (fault.outcome()) {
            case Fault.Outcome.Answered(Answer answer) -> Optional.of(answer);
            case Fault.Outcome.Passed(Map<String, String> headers) ->
                Optional.of(asked(api, call).plus(headers));
            case Fault.Outcome.Dropped() -> Optional.empty();
            case Fault.Outcome.AnswerLost() -> {
                asked(api, call);
                yield Optional.empty();
            }
            case Fault.Outcome.AnswerLate(Duration by) -> {
                Answer answer = asked(api, call);
                Thread.sleep(by);
                yield Optional.of(answer);
            }
        };
    }

    private static Answer asked(VendorApi api, Call call) {
        try {
            return api.answer(call);
        } catch (Refused refused) {
            return refused.answer();
        } catch (RuntimeException broken) {
            ObjectNode error =
                    Json.object().put("error", "the simulator failed").put("cause", broken.toString());
            return Answer.json(500, error);
        }
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean noBody =
                answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), noBody ? -1 : answer.body().length);
        if (!noBody) {
            exchange.getResponseBody().write(answer.body());
        }
    }
}
