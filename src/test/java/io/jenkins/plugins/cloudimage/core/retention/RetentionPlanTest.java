package io.jenkins.plugins.cloudimage.core.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.Runs;
import io.jenkins.plugins.cloudimage.core.retention.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetentionPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final ImageGroup GROUP = new ImageGroup("job", "account", "cloud", null, "here", "name:web-*");
    private static final Observed FREE = Observed.ready(null).with(false, false, false);

    private static MadeImage made(int number, int daysAgo) {
        return new MadeImage(
                GROUP, number, "img-" + number, "web-" + number, NOW.minus(Duration.ofDays(daysAgo)), true, null);
    }

    private static Map<String, Reason> judge(Retention rule, Map<String, Observed> seen, int images) {
        List<MadeImage> index = new ArrayList<>();
        for (int number = 1; number <= images; number++) {
            index.add(made(number, images - number));
        }
        Map<String, Reason> reasons = new HashMap<>();
        new RetentionPlan(rule, made(images, 0), NOW, NOW)
                .judge(index, seen)
                .forEach(verdict -> reasons.put(verdict.image().id(), verdict.reason()));
        return reasons;
    }

    private static Map<String, Observed> free(int images) {
        Map<String, Observed> seen = new HashMap<>();
        for (int number = 1; number <= images; number++) {
            seen.put("img-" + number, FREE);
        }
        return seen;
    }

    @Test
    void theNewestStayAndTheOthersGo() {
        Map<String, Reason> reasons = judge(new Retention(2, null, false), free(4), 4);
        assertEquals(
                Map.of(
                        "img-4",
                        Reason.NOT_OLDER,
                        "img-3",
                        Reason.NEWEST,
                        "img-2",
                        Reason.RETIRE,
                        "img-1",
                        Reason.RETIRE),
                reasons);
    }

    @Test
    void withBothRulesAnImageGoesOnlyIfBothAllowIt() {
        assertEquals(Reason.YOUNG, judge(new Retention(1, 2, false), free(4), 4).get("img-3"));
        assertEquals(
                Reason.RETIRE, judge(new Retention(1, 2, false), free(4), 4).get("img-2"));
        assertEquals(
                Reason.NEWEST, judge(new Retention(3, 1, false), free(4), 4).get("img-2"));
    }

    @Test
    void withTheAgeAloneTheNewImageStays() {
        assertEquals(
                Reason.RETIRE, judge(new Retention(null, 1, false), free(2), 2).get("img-1"));
        assertEquals(
                Reason.NOT_OLDER,
                judge(new Retention(null, 1, false), free(2), 2).get("img-2"));
    }

    @Test
    void whatIsNotThereDoesNotCountAmongTheNewest() {
        Map<String, Observed> seen = free(4);
        seen.remove("img-3");
        Map<String, Reason> reasons = judge(new Retention(2, null, false), seen, 4);
        assertEquals(Reason.NOT_READY, reasons.get("img-3"));
        assertEquals(Reason.NEWEST, reasons.get("img-2"));
        assertEquals(Reason.RETIRE, reasons.get("img-1"));
    }

    @Test
    void nothingGoesBeforeAllWasLookedFor() {
        Map<String, Observed> seen = free(3);
        seen.put("img-1", Observed.ready(null));
        assertEquals(Reason.LOOK, judge(new Retention(1, null, false), seen, 3).get("img-1"));
    }

    @Test
    void aControllerClockThatWasSetForwardMakesNoImageOld() {
        Map<String, Observed> seen = free(2);
        seen.put("img-1", Observed.ready(NOW.minusSeconds(60)).with(false, false, false));
        assertEquals(Reason.YOUNG, judge(new Retention(1, 1, false), seen, 2).get("img-1"));
    }

    @Test
    void aRuleKeepsAtLeastOneImage() {
        assertThrows(IllegalArgumentException.class, () -> new Retention(null, null, false));
        assertThrows(IllegalArgumentException.class, () -> new Retention(0, null, false));
        assertThrows(IllegalArgumentException.class, () -> new Retention(5, 0, false));
    }

    @Test
    void noWorldLosesAnImageAgainstTheRules() {
        Random random = new Random(17);
        int retired = 0;
        for (int i = 0; i < Runs.scaled(20_000, 200_000); i++) {
            retired += check(random);
        }
        assertTrue(retired > 1000, "the worlds retire too little to prove anything: " + retired);
    }

    private static int check(Random random) {
        List<MadeImage> index = new ArrayList<>();
        Map<String, Observed> seen = new HashMap<>();
        for (int i = 0; i < 2 + random.nextInt(8); i++) {
            index.add(image(random, i));
            if (random.nextInt(8) != 0) {
                seen.put("img-" + i, observed(random));
            }
        }
        Integer keep = random.nextInt(4) == 0 ? null : 1 + random.nextInt(3);
        Integer days = keep == null || random.nextBoolean() ? 1 + random.nextInt(5) : null;
        Retention rule = new Retention(keep, days, random.nextBoolean());
        MadeImage made = index.get(random.nextInt(index.size()));
        Instant cloudTime = random.nextInt(3) == 0 ? null : NOW.minus(Duration.ofHours(random.nextInt(100)));
        List<Verdict> verdicts = new RetentionPlan(rule, made, NOW, cloudTime).judge(index, seen);
        int retired = 0;
        for (Verdict verdict : verdicts) {
            if (verdict.retires()) {
                retired++;
                mayRetire(verdict.image(), made, rule, index, seen, cloudTime);
            }
        }
        return retired;
    }

    private static void mayRetire(
            MadeImage image,
            MadeImage made,
            Retention rule,
            List<MadeImage> index,
            Map<String, Observed> seen,
            Instant cloudTime) {
        String text = image + " for " + made + " by " + rule + " of " + index + " seen " + seen;
        Observed observed = seen.get(image.id());
        assertNotNull(observed, text);
        assertTrue(observed.ready() && image.proven() && image.retired() == null, text);
        assertEquals(Boolean.FALSE, observed.keptBuild(), text);
        assertEquals(Boolean.FALSE, observed.shared(), text);
        assertEquals(Boolean.FALSE, observed.used(), text);
        assertEquals(made.group(), image.group(), text);
        assertTrue(image.number() < made.number(), text);
        long newer = index.stream()
                .filter(other -> other.group().equals(image.group()) && other.proven() && other.retired() == null)
                .filter(other ->
                        seen.containsKey(other.id()) && seen.get(other.id()).ready())
                .filter(other -> other.number() > image.number()
                        || other.number() == image.number() && !other.ready().isBefore(image.ready()))
                .filter(other -> other != image)
                .count();
        assertTrue(newer >= (rule.keep() == null ? 1 : rule.keep()), text);
        if (rule.keepDays() != null) {
            Duration age = Duration.ofDays(rule.keepDays());
            assertFalse(image.ready().plus(age).isAfter(NOW), text);
            assertFalse(
                    cloudTime != null
                            && observed.created() != null
                            && observed.created().plus(age).isAfter(cloudTime),
                    text);
        }
    }

    private static MadeImage image(Random random, int i) {
        ImageGroup group = new ImageGroup(
                random.nextInt(20) == 0 ? "other" : "job",
                random.nextInt(20) == 0 ? "other" : "account",
                random.nextInt(20) == 0 ? "other" : "cloud",
                random.nextInt(20) == 0 ? "other" : null,
                random.nextInt(20) == 0 ? "other" : "here",
                random.nextInt(20) == 0 ? "name:db-*" : "name:web-*");
        Instant ready = NOW.minus(Duration.ofHours(random.nextInt(200)));
        Instant retired = random.nextInt(20) == 0 ? NOW : null;
        return new MadeImage(
                group, 1 + random.nextInt(6), "img-" + i, "web-" + i, ready, random.nextInt(12) != 0, retired);
    }

    private static Observed observed(Random random) {
        Instant created = random.nextBoolean() ? null : NOW.minus(Duration.ofHours(random.nextInt(200)));
        return new Observed(random.nextInt(6) != 0, created, maybe(random), maybe(random), maybe(random), null, null);
    }

    private static Boolean maybe(Random random) {
        int choice = random.nextInt(12);
        return choice == 0 ? Boolean.TRUE : choice == 1 ? null : Boolean.FALSE;
    }
}
