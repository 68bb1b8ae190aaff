package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.Mark;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.retention.ImageGroup;
import io.jenkins.plugins.cloudimage.core.retention.MadeImage;
import io.jenkins.plugins.cloudimage.core.retention.MadeImages;
import io.jenkins.plugins.cloudimage.core.retention.Observed;
import io.jenkins.plugins.cloudimage.core.retention.RetentionPlan;
import io.jenkins.plugins.cloudimage.core.retention.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Notes what jobs make, and looks which of a job's earlier images are retired. Methods may block. */
public final class Predecessors {
    /** The maximum number of images that one build retires; the next builds retire the others. */
    private static final int MOST = 20;

    private final MadeImages index;
    private final Ledger ledger;
    private final Clouds clouds;
    private final Clock clock;
    private final Builds builds;

    /** The builds that made the images. */
    public interface Builds {
        /**
         * Whether a build is kept forever, or may be because it cannot be read. A build that was deleted is not kept.
         *
         * @param build the build, as its controller identifies it
         */
        boolean isKept(String build);

        /** Tells a build what becomes of the earlier images of its job. May be repeated after a restart. */
        void judged(Creation creation, List<Verdict> verdicts);

        /**
         * Has a record cleaned up that was added to the ledger.
         *
         * @param key a record of an image that is retired
         */
        void retires(String key);
    }

    /**
     * What becomes of earlier images.
     *
     * @param fenced whether the index may be a copy or come from a backup, so that nothing is retired by it
     */
    record Judgement(boolean fenced, List<Verdict> verdicts) {}

    public Predecessors(MadeImages index, Ledger ledger, Clouds clouds, Clock clock, Builds builds) {
        this.index = index;
        this.ledger = ledger;
        this.clouds = clouds;
        this.clock = clock;
        this.builds = builds;
    }

    /**
     * Notes the image of a creation that has ended ready, and its copies, if it has made them. The creation of a copy alone
     * notes nothing, because its source may have failed. A repetition changes nothing.
     *
     * @throws java.io.UncheckedIOException if it may not be on disk
     */
    public void note(Creation creation) {
        boolean ready = creation.outcome() == Outcome.READY && !creation.isCopy();
        if (ready && creation.account() != null) {
            Stream.concat(Stream.of(creation), copiesOf(creation))
                    .filter(made -> !made.reused())
                    .map(this::madeBy)
                    .forEach(index::add);
        }
    }

    private static Stream<Creation> copiesOf(Creation source) {
        Map<String, CopyStatus> ready = source.copies().stream()
                .filter(CopyStatus::isReady)
                .collect(Collectors.toMap(CopyStatus::key, copy -> copy));
        return source.plan().copies().copies().stream()
                .filter(copy -> ready.containsKey(copy.key()))
                .map(copy -> Copying.delivered(source, copy, ready.get(copy.key())));
    }

    private MadeImage madeBy(Creation creation) {
        ImageStatus image = Objects.requireNonNull(creation.image());
        ImageRequest request = creation.request();
        String build = creation.build().build();
        int number = BuildReference.numberOf(build);
        ImageGroup group = new ImageGroup(
                BuildReference.jobOf(build),
                creation.account(),
                clouds.of(request).id(),
                creation.build().endpoint(),
                request.region(),
                seriesOf(creation, number));
        boolean proven = image.ownership() == ImageStatus.Ownership.PROVEN;
        return new MadeImage(
                group,
                number,
                image.id(),
                request.imageName(),
                creation.ending().at(),
                proven,
                null);
    }

    /** A copy counts as the image does from which it was made, however it is called itself. */
    private static String seriesOf(Creation creation, int number) {
        ImageRequest wanted = creation.request().original();
        if (creation.isCopy()) {
            String series = ImageGroup.series(wanted.imageFamily(), wanted.imageName(), number);
            return ImageGroup.copied(series, wanted.region());
        }
        String name = Suffix.stem(wanted.imageName(), creation.submission().suffix());
        return ImageGroup.series(wanted.imageFamily(), name, number);
    }

    /**
     * Judges the earlier images of a creation's job, and tells the build. For a copy, these are the earlier copies in its
     * region.
     *
     * @param creation ended with an image of its own, and has a rule
     */
    Judgement judge(Creation creation, Cloud cloud) throws CloudException {
        MadeImage made = madeBy(creation);
        if (!creation.options().retention().dryRun()
                && index.isFenced(made.group().job())) {
            return new Judgement(true, List.of());
        }
        // Its build may not be told yet, and so the new image may not be in the index.
        List<MadeImage> images = Stream.concat(
                        Stream.of(made),
                        index.of(made.group().job()).stream()
                                .filter(image -> image.group().equals(made.group()) && image.retired() == null)
                                .filter(image -> !image.id().equals(made.id())))
                .toList();
        Map<String, Observed> seen = list(images, creation, cloud);
        RetentionPlan plan = new RetentionPlan(
                creation.options().retention(),
                made,
                clock.instant(),
                cloud.time().orElse(null));
        List<MadeImage> inQuestion = plan.judge(images, seen).stream()
                .filter(verdict -> verdict.reason() == Verdict.Reason.LOOK)
                .map(Verdict::image)
                .toList();
        // The oldest ones come last.
        int first = Math.max(0, inQuestion.size() - MOST);
        TemplateLook templates = new TemplateLook(creation.options().retention(), cloud);
        for (MadeImage image : inQuestion.subList(first, inQuestion.size())) {
            Observed looked = look(image, seen.get(image.id()), cloud);
            seen.put(image.id(), looked.isFree() ? templates.look(image, looked) : looked);
        }
        List<Verdict> verdicts = plan.judge(images, seen);
        builds.judged(creation, verdicts);
        return new Judgement(false, verdicts);
    }

    private Map<String, Observed> list(List<MadeImage> images, Creation creation, Cloud cloud) throws CloudException {
        CloudProvider provider = clouds.of(creation.request());
        int batch = provider.capabilities().describeBatch();
        List<String> ids = images.stream().map(MadeImage::id).toList();
        Map<String, Observed> seen = new HashMap<>();
        for (int from = 0; from < ids.size(); from += batch) {
            for (CloudImage image : cloud.describe(ids.subList(from, Math.min(ids.size(), from + batch)))) {
                if (image.state() == ImageState.READY) {
                    seen.put(image.id(), Observed.ready(image.created()));
                }
            }
        }
        return seen;
    }

    /** The build is asked first, because that costs no call. */
    private Observed look(MadeImage image, Observed listed, Cloud cloud) throws CloudException {
        if (builds.isKept(image.build())) {
            return listed.with(true, false, false);
        }
        try {
            boolean shared = !cloud.sharedWith(image.id()).isEmpty();
            return listed.with(
                    false, shared, !shared && !cloud.instancesUsing(image.id()).isEmpty());
        } catch (CloudException e) {
            if (e.error().kind() == ErrorKind.NOT_FOUND) {
                // It is gone, so nothing is left to protect.
                return Observed.NOTHING;
            }
            throw e;
        }
    }

    /**
     * Begins the deletion of images. Each one has a record of its own, so a repetition changes nothing.
     *
     * @throws java.io.UncheckedIOException if a record may not be on disk
     */
    void retire(Creation creation, List<MadeImage> images) {
        for (MadeImage image : images) {
            Creation retirement = retirement(creation, image);
            if (ledger.load(retirement.key()).isEmpty()) {
                ledger.save(retirement);
            }
            builds.retires(retirement.key());
        }
    }

    private Creation retirement(Creation by, MadeImage image) {
        ImageGroup group = image.group();
        String identity = String.join(
                "\n", "retire", group.cloud(), String.valueOf(group.endpoint()), group.region(), image.id());
        Instant now = clock.instant();
        // The rule says what protects the image; the record itself retires no others.
        Options options = Options.DEFAULTS.retiring(by.options().retention());
        Plan plan = new Plan(by.build(), options, UUID.randomUUID().toString(), Mark.random(), now, now);
        return new Creation(
                UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                        .toString(),
                plan,
                by.request().withImageName(image.name()),
                by.account(),
                Phase.CLEANING_UP,
                Submission.NONE,
                null,
                ImageStatus.of(image.id(), ImageStatus.Ownership.PROVEN),
                List.of(),
                new Ending(Outcome.RETIRED, null, now),
                null,
                List.of(CleanupTask.open(CleanupTask.Kind.DELETE_IMAGE)),
                List.of());
    }

    /** What is seen of an image right before it is deleted. */
    enum Look {
        /** Nothing protects it. */
        FREE,
        /** It stays. */
        PROTECTED,
        /** The cloud does not know it. */
        GONE
    }

    /** Looks what protects an image that is retired. */
    Look lookAgain(Creation retirement, Cloud cloud) throws CloudException {
        MadeImage image = find(retirement).orElse(null);
        if (image == null || !image.proven() || index.isFenced(image.group().job())) {
            return Look.PROTECTED;
        }
        Observed seen = look(image, Observed.ready(null), cloud);
        if (!seen.ready()) {
            return Look.GONE;
        }
        TemplateLook templates = new TemplateLook(retirement.options().retention(), cloud);
        return seen.isFree() && templates.look(image, seen).isFree() ? Look.FREE : Look.PROTECTED;
    }

    /** The image of a record in the index, even if its job was renamed meanwhile. */
    private Optional<MadeImage> find(Creation creation) {
        ImageRequest request = creation.request();
        return index.find(clouds.of(request).id(), creation.build().endpoint(), request.region(), creation.imageId());
    }

    /**
     * Notes that an image is gone.
     *
     * @throws java.io.UncheckedIOException if that may not be on disk
     */
    public void noteRetired(Creation retirement) {
        if (retirement.image().deleted()) {
            find(retirement).ifPresent(index::retired);
        }
    }
}
