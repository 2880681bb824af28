package dev.automationengine.localstack.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstanceTest {
    @Test
    void is_named_as_people_type_it() {
        assertThat(Instance.named("worker")).isEqualTo(Member.WORKER_SERVICE.first());
        assertThat(Instance.named("worker-service-2")).isEqualTo(new Instance(Member.WORKER_SERVICE, 2));
        assertThat(Instance.named("worker-2")).isEqualTo(new Instance(Member.WORKER_SERVICE, 2));
        assertThat(Instance.named("worker-2").label()).isEqualTo("worker-service-2");
        assertThat(Instance.named("redis").label()).isEqualTo("redis");
    }

    @Test
    void only_a_service_has_copies_and_only_so_many() {
        assertThatThrownBy(() -> Instance.named("redis-2")).isInstanceOf(FleetException.class);
        assertThatThrownBy(() -> new Instance(Member.WORKER_SERVICE, 10)).isInstanceOf(FleetException.class);
        assertThatThrownBy(() -> Instance.named("worker-1"))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("There is no process worker-1");
    }

    @Test
    void no_two_share_a_port() {
        Stream<Instance> copies = Member.of(Member.Kind.SERVICE).stream()
                .flatMap(member -> IntStream.rangeClosed(2, 9).mapToObj(number -> new Instance(member, number)));
        List<Integer> ports = Stream.concat(Arrays.stream(Member.values()).map(Member::first), copies)
                .map(Instance::portOffset)
                .toList();
        assertThat(ports).doesNotHaveDuplicates().doesNotContain(Member.KAFKA.portOffset() + 1);
    }
}
