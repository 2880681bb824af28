package dev.automationengine.systemtests.deploy;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects held against Kubernetes' own types, made of its published schemas: what they do not know is refused, as the API
 * server refuses it. Those of operators have no such types here: tests say what is in them.
 */
final class KubernetesObjects {
    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class));
    private static final Set<String> WITHOUT_TYPE = Set.of(
            "external-secrets.io/v1 ExternalSecret",
            "keda.sh/v1alpha1 ScaledObject",
            "monitoring.coreos.com/v1 PrometheusRule",
            "monitoring.coreos.com/v1 ServiceMonitor");

    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                /** The types would keep what they do not know. */
                @Override
                public @Nullable Boolean hasAnySetter(Annotated annotated) {
                    return null;
                }
            });

    private KubernetesObjects() {}

    /** Fails if Kubernetes would not take it. */
    static void check(Map<String, Object> object) {
        String name = object.get("apiVersion") + " " + object.get("kind");
        if (WITHOUT_TYPE.contains(name)) {
            return;
        }
        Class<?> type = TYPES.get(name);
        if (type == null) {
            throw new AssertionError("nobody knows " + name);
        }
        assertThatCode(() -> STRICT.convertValue(object, type)).as(name).doesNotThrowAnyException();
    }
}
