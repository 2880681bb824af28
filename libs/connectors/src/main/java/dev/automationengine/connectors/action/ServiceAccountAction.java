package dev.automationengine.connectors.action;

import dev.automationengine.connectors.vault.Credential;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An action of a connector that service accounts may use: gets them a token first, and another if that is refused. */
final class ServiceAccountAction implements Action {
    private static final int UNAUTHORIZED = 401;

    private final Action action;
    private final ServiceAccounts accounts;
    private final ServiceAccounts.Grant grant;

    ServiceAccountAction(Action action, ServiceAccounts accounts, ServiceAccounts.Grant grant) {
        this.action = action;
        this.accounts = accounts;
        this.grant = grant;
    }

    @Override
    public EffectMode effect(Map<String, ? extends @Nullable Object> input) {
        return action.effect(input);
    }

    @Override
    public ActionResult run(ActionCall call) {
        Credential credential = call.credential();
        return credential == null || !credential.secrets().containsKey(ServiceAccounts.KEY)
                ? action.run(call)
                : withToken(call, credential, true);
    }

    private ActionResult withToken(ActionCall call, Credential credential, boolean again) {
        return switch (accounts.usable(credential, grant)) {
            case ServiceAccounts.Access.Denied(ActionResult.Failed why) -> why;
            case ServiceAccounts.Access.Later(ActionResult.Postponed pause) -> pause;
            case ServiceAccounts.Access.Granted(Credential usable) -> {
                ActionResult result = action.run(with(call, usable));
                if (again && unauthorized(result)) {
                    accounts.refused(usable, grant);
                    yield withToken(call, credential, false);
                }
                yield result;
            }
        };
    }

    private static ActionCall with(ActionCall call, Credential usable) {
        return new ActionCall(
                call.org(), call.effectKey(), call.action(), call.input(), usable, call.timeout(), call.inDoubt());
    }

    /** What was answered with 401 was not done. */
    private static boolean unauthorized(ActionResult result) {
        return result instanceof ActionResult.Failed failed
                && !failed.outcomeUnknown()
                && Objects.equals(failed.error().httpStatus(), UNAUTHORIZED);
    }
}
