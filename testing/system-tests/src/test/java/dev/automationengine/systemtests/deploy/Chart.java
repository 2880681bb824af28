package dev.automationengine.systemtests.deploy;

import static dev.automationengine.systemtests.deploy.DeployFiles.at;

import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The chart as real Helm renders it. */
final class Chart {
    static final String RELEASE = "demo";

    private Chart() {}

    /** The objects of an installation with these values in the place of the chart's. */
    static List<Map<String, Object>> render(Map<String, Object> values) {
        return render(null, values);
    }

    /**
     * The same, with a file of values.
     *
     * @param region whose file it is; null: none
     */
    static List<Map<String, Object>> render(@Nullable String region, Map<String, Object> values) {
        var template = new Helm(DeployFiles.CHART)
                .template()
                .withName(RELEASE)
                .withNamespace("engine")
                .withKubeVersion("1.34.0");
        if (region != null) {
            template.withValuesFile(valuesOf(region));
        }
        values.forEach(template::set);
        return DeployFiles.yaml(template.call());
    }

    static Path valuesOf(String region) {
        return DeployFiles.CHART.resolve("values-" + region + ".yaml");
    }

    /** The objects of a kind, by their names without that of the release. */
    static Map<String, Map<String, Object>> kind(List<Map<String, Object>> objects, String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .collect(Collectors.toMap(
                        object -> at(object, "metadata", "name").toString().replaceFirst("^" + RELEASE + "-?", ""),
                        object -> object,
                        (first, second) -> {
                            throw new AssertionError("twice: " + first);
                        },
                        TreeMap::new));
    }
}
