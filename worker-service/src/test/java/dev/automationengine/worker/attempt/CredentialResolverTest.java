package dev.automationengine.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ActionDescriptor;
import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.connectors.vault.VaultException;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.RetryPolicy;
import dev.automationengine.worker.attempt.CredentialResolver.Resolution;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class CredentialResolverTest {
    private static final OrgId ORG = OrgId.random();
    private static final StepWork WORK =
            new StepWork("CRM_INSERT", Map.of(), null, RetryPolicy.DEFAULT, Duration.ofSeconds(1));

    private final CredentialVault vault = mock(CredentialVault.class);
    private final ActionDescriptor action =
            ActionCatalog.load().find("CRM_INSERT").orElseThrow();
    private final CredentialResolver resolver = new CredentialResolver(vault);

    @Test
    void a_vault_that_is_away_postpones_and_charges_nothing() {
        when(vault.findOnly(ORG, "crm_http", Map.of())).thenThrow(new DataAccessResourceFailureException("away"));
        assertThat(why()).isInstanceOfSatisfying(ActionResult.Postponed.class, later -> {
            assertThat(later.reason()).isEqualTo(ActionResult.Reason.VAULT_AWAY);
            assertThat(later.pause()).isPositive();
        });
    }

    @Test
    void a_credential_that_cannot_be_read_waits_for_a_person() {
        when(vault.findOnly(ORG, "crm_http", Map.of())).thenThrow(mock(VaultException.class));
        assertThat(why()).isInstanceOfSatisfying(ActionResult.Failed.class, failed -> {
            assertThat(failed.error().errorClass()).isEqualTo(ErrorClass.AUTHENTICATION);
            assertThat(failed.outcomeUnknown()).isFalse();
        });
    }

    private ActionResult why() {
        return ((Resolution.Unusable) resolver.resolve(ORG, action, WORK)).why();
    }
}
