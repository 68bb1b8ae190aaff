package io.jenkins.plugins.cloudimage.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.creation.TestCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that the client of every cloud finds the instances that use an image, or fails. */
class UsageContractTest {
    private static final int MANY = 230;

    private final VirtualTime time = new VirtualTime();

    private Connected connect(TestCloud kind) {
        Connected at = new Connected(kind, time, time);
        at.account.images().take(Duration.ZERO);
        return at;
    }

    @ParameterizedTest
    @EnumSource
    void theInstancesOfAnImageAreFoundAmongMany(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String image = at.create("web-1");
            String other = at.create("web-2");
            for (int i = 0; i < MANY; i++) {
                at.account.instances().add(String.format("i-%03d", i));
            }
            assertEquals(List.of(), at.cloud.instancesUsing(image));
            at.account.instances().bootedFrom("i-007", image).bootedFrom("i-229", image);
            at.account.instances().bootedFrom("i-008", other);
            int before = at.server.calls().size();

            assertEquals(Set.of("i-007", "i-229"), Set.copyOf(at.cloud.instancesUsing(image)));

            List<String> calls = at.server.calls();
            Set<String> allowed = Set.copyOf(at.provider.permissions().usage().stream()
                    .map(Connected::action)
                    .toList());
            assertEquals(allowed, Set.copyOf(calls.subList(before, calls.size())));
            assertEquals(List.of("i-008"), at.cloud.instancesUsing(other));
            assertEquals(List.of(), at.cloud.instancesUsing(Connected.unknown(image)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedCallNeverLooksLikeAnUnusedImage(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String image = at.create("web-1");
            for (String permission : at.provider.permissions().usage()) {
                for (Fault fault : List.of(
                        Fault.LOSE_ANSWER, Fault.GATEWAY_AFTER, Fault.THROTTLED, Fault.BODY_CUT, Fault.BROKEN_JSON)) {
                    at.server.faults().next(Connected.action(permission), fault);
                    CloudError error = Connected.error(() -> at.cloud.instancesUsing(image));
                    assertTrue(error.kind().isRetryable(), () -> permission + " " + fault + ": " + error.text());
                }
            }
            assertEquals(List.of(), at.cloud.instancesUsing(image));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anImageInUseIsDeletedOnlyOnRequestAndWhereTheCloudDoes(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String image = at.create("web-1");
            at.account.instances().bootedFrom(at.running(), image);
            if (at.provider.deletesUsedImages()) {
                at.cloud.deleteUsed(image);
                assertEquals(List.of(), at.account.images().all());
            } else {
                Connected.error(() -> at.cloud.deleteUsed(image));
                assertFalse(at.account.images().all().isEmpty());
            }
        }
    }
}
