package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens if an image of the name exists: reuse, suffix, fail. */
class IfNameExistsTest extends OptionsRig {
    @Test
    void aUsableImageIsReusedAndNothingIsDoneToIt() {
        use(TestCloud.JD_CLOUD);
        Creation first = finish("web-1", STOP);
        long calls = rig.server.calls().size();

        Creation second = finish("web-1", REUSE);

        assertEquals(Outcome.READY, second.outcome());
        assertEquals(first.imageId(), second.imageId());
        assertTrue(second.reused());
        assertEquals(calls + 1, rig.server.calls().size());
    }

    @Test
    void anImageThatIsBeingMadeElsewhereIsWaitedForAndNeverDeleted() {
        use(TestCloud.TENCENT);
        Creation first = start("web-1", Options.DEFAULTS);
        rig.until(first, Phase.BUILDING);
        rig.restart(folder.resolve("another"));
        Creation second = start("web-1", REUSE);
        rig.until(second, Phase.BUILDING);
        assertTrue(rig.live(second).reused());
        rig.engine.abort(second.key());

        Creation end = rig.finish(second);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(), end.tasks());
        assertEquals(1, rig.imageIds().size());
    }

    @Test
    void anImageThatThisControllerMakesIsWaitedForAndReused() {
        use(TestCloud.TENCENT);
        Creation first = start("web-1", Options.DEFAULTS);
        rig.until(first, Phase.SUBMITTING);

        Creation second = finish("web-1", REUSE);

        assertEquals(Outcome.READY, second.outcome());
        assertEquals(rig.saved(first).imageId(), second.imageId());
    }

    @Test
    void aFailedImageIsNotReused() {
        use(TestCloud.TENCENT);
        rig.images().fail(true);
        finish("web-1", Options.DEFAULTS);

        Creation second = finish("web-1", REUSE);

        assertEquals(ErrorKind.NAME_TAKEN, second.problem().kind());
        assertEquals(1, rig.imageIds().size());
    }

    @Test
    void theFirstFreeNumberIsPutBehindTheName() {
        use(TestCloud.TENCENT);

        List<String> names = IntStream.range(0, 3)
                .mapToObj(i -> finish("web", SUFFIX).request().imageName())
                .toList();

        assertEquals(List.of("web", "web-2", "web-3"), names);
    }

    @Test
    void aNameThatIsInUseGetsANumberAsWell() {
        use(TestCloud.TENCENT);
        Creation first = start("web", SUFFIX);
        Creation second = start("web", SUFFIX);

        assertEquals("web", rig.finish(first).request().imageName());
        assertEquals("web-2", rig.finish(second).request().imageName());
        assertEquals(2, rig.imageIds().size());
    }

    @Test
    void aLongNameIsShortenedToTheCloudsLimit() {
        use(TestCloud.QCLOUD);
        rig.account.instances().addStopped(INSTANCE);
        String name = "a".repeat(16);
        finish(name, SUFFIX);

        Creation second = finish(name, SUFFIX);

        assertEquals(Outcome.READY, second.outcome());
        assertEquals("a".repeat(14) + "-2", second.request().imageName());
    }

    @Test
    void tenComesAfterNineWithinTheLimit() {
        use(TestCloud.QCLOUD);
        assertEquals(
                "a".repeat(13) + "-10",
                Suffix.next(TestCloud.QCLOUD.request("a".repeat(14) + "-9", INSTANCE), 9)
                        .imageName());
    }
}
