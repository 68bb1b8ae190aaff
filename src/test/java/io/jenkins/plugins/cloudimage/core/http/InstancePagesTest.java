package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.http.InstancePages.Instance;
import io.jenkins.plugins.cloudimage.core.http.WholeList.Page;
import io.jenkins.plugins.cloudimage.core.http.WholeList.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InstancePagesTest {
    private static final int SIZE = 10;

    private final List<Instance> all = new ArrayList<>(IntStream.range(0, 25)
            .mapToObj(number -> new Instance("i-" + number, "img-" + number % 3))
            .toList());

    private IntConsumer before = number -> {};

    private Page<Instance> page(int number, int offset) {
        before.accept(number);
        return new Page<>(all.stream().skip(offset).limit(SIZE).toList(), all.size());
    }

    private Page<Instance> numberedPage(int number, int offset) {
        return page(number, number * SIZE);
    }

    private static void assertUncertain(Reader<Instance> reader, boolean overlapping) {
        CloudException failure = assertThrows(
                CloudException.class,
                () -> InstancePages.using(
                        overlapping ? InstancePages.overlapping(reader) : InstancePages.numbered(reader), "img-9"));
        assertEquals(ErrorKind.UNAVAILABLE, failure.error().kind());
    }

    @Test
    void everyInstanceIsReadOnce() throws CloudException {
        assertEquals(all, InstancePages.numbered(this::numberedPage));
        assertEquals(all, InstancePages.overlapping(this::page));
        all.clear();
        assertEquals(List.of(), InstancePages.numbered(this::numberedPage));
        assertEquals(List.of(), InstancePages.overlapping(this::page));
    }

    @Test
    void onlyThoseOfTheImageOrOfAnUnknownOneUseIt() {
        List<Instance> some =
                List.of(new Instance("i-1", "img-1"), new Instance("i-2", null), new Instance("i-3", "img-3"));

        assertEquals(List.of("i-1", "i-2"), InstancePages.using(some, "img-1"));
    }

    @Test
    void anInstanceThatIsRemovedMeanwhileIsNoticed() {
        before = number -> {
            if (number == 1) {
                all.remove(3);
            }
        };
        assertUncertain(this::numberedPage, false);
        all.add(new Instance("i-99", null));
        assertUncertain(this::page, true);
    }

    /** The number of entries stays the same, but one has moved to a page that was read before. */
    @Test
    void anInstanceThatIsReplacedMeanwhileIsNoticed() {
        before = number -> {
            if (number == 1) {
                all.remove(3);
                all.add(new Instance("i-99", null));
            }
        };
        assertUncertain(this::page, true);
    }

    @Test
    void anInstanceThatIsAddedMeanwhileIsNoticed() {
        before = number -> {
            if (number == 1) {
                all.add(0, new Instance("i-99", null));
            }
        };
        assertUncertain(this::numberedPage, false);
    }

    @Test
    void aListThatIsShorterThanItSaysIsNoticed() {
        assertUncertain((number, offset) -> new Page<>(List.of(), 3), false);
        assertUncertain((number, offset) -> new Page<>(all.subList(0, 2), 3), false);
        assertUncertain((number, offset) -> new Page<>(all.subList(0, 2), 3), true);
        assertUncertain((number, offset) -> new Page<>(all.subList(0, 2), 1), true);
    }

    @Test
    void anEndlessListIsRefused() {
        CloudException failure = assertThrows(
                CloudException.class,
                () -> InstancePages.numbered(
                        (number, offset) -> new Page<>(List.of(new Instance("i-" + number, "img-1")), 100_000)));
        assertEquals(ErrorKind.INVALID_REQUEST, failure.error().kind());
    }

    @Test
    void whatIsNoListOfInstancesIsNoEmptyList() throws Exception {
        for (String body : List.of(
                "{}", "{\"total\":0,\"list\":{}}", "{\"list\":[]}", "{\"total\":1}", "{\"total\":1,\"list\":[{}]}")) {
            JsonNode answer = new ObjectMapper().readTree(body);
            CloudException failure = assertThrows(
                    CloudException.class,
                    () -> InstancePages.page(answer, answer.path("list"), answer.path("total"), "id", "image"),
                    body);
            assertEquals(ErrorKind.UNAVAILABLE, failure.error().kind(), body);
        }
        JsonNode none = new ObjectMapper().readTree("{\"total\":0}");
        assertEquals(
                new Page<>(List.of(), 0), InstancePages.page(none, none.path("list"), none.path("total"), "id", "i"));
    }
}
