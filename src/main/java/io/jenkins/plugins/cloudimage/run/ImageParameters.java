package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.ImageCopyTarget;
import io.jenkins.plugins.cloudimage.cloud.UserTag;
import io.jenkins.plugins.cloudimage.config.ChosenEndpoint;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.CopySupport;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The parameters of {@code createCloudImage}, the same in a pipeline and in a freestyle job. */
public interface ImageParameters extends RetentionParameters {
    /** The parameters, as a Jenkinsfile and the form call them. */
    List<String> FIELDS = List.of(
            "cloud",
            "credentialsId",
            "imageName",
            "description",
            "tags",
            "variable",
            "manifestFormat",
            "timeoutMinutes",
            "stopInstance",
            "startAfterwards",
            "onIncomplete",
            "ifNameExists",
            CopySupport.FIELD,
            "copyFailure",
            SharingLimits.FIELD,
            "dryRun",
            "keep",
            "keepDays",
            "retain",
            "acceptUnseenUse");

    /** The only manifest unless the job says otherwise: {@code cloud-image.json}. */
    String CLOUD_IMAGE_MANIFEST = "cloudImage";

    /** Beside it {@code packer-manifest.json}, in the format of HashiCorp Packer. */
    String PACKER_MANIFEST = "packer";

    /** The build variable unless the job names another. */
    String DEFAULT_VARIABLE = "CLOUD_IMAGE_ID";

    /** An incomplete image stays unless the job says otherwise. */
    String DEFAULT_ON_INCOMPLETE = "keep";

    /** A taken name is an error unless the job says otherwise. */
    String DEFAULT_IF_NAME_EXISTS = "fail";

    /** A copy that fails fails the step unless the job says otherwise. */
    String DEFAULT_COPY_FAILURE = "fail";

    /** A copy that fails makes the build unstable. */
    String COPY_UNSTABLE = "unstable";

    /**
     * Where the image is made, and from what.
     *
     * @return the cloud's own parameters
     */
    CloudSettings getCloud();

    /**
     * The credential with the key.
     *
     * @return its id, or an expression {@code ${PARAM}} that names a credentials parameter
     */
    String getCredentialsId();

    /** The image's name. */
    String getImageName();

    /**
     * The image's description.
     *
     * @return the description, or null
     */
    @CheckForNull
    String getDescription();

    /**
     * The tags of the image, besides those in the cloud's own parameters.
     *
     * @return the tags; empty for none
     */
    List<UserTag> getTags();

    /**
     * The build variable that gets the image's id.
     *
     * @return its name
     */
    String getVariable();

    /**
     * In which formats the build's images are archived.
     *
     * @return {@code cloudImage} or {@code packer}, which means both
     */
    String getManifestFormat();

    /**
     * How long the image is waited for.
     *
     * @return minutes, at least 1, or null for as long as the administrator says
     */
    @CheckForNull
    Integer getTimeoutMinutes();

    /**
     * How long the image is waited for, whoever says so.
     *
     * @return the job's own time-out, else the administrator's
     */
    default Duration timeout() {
        Integer own = getTimeoutMinutes();
        return own == null ? CloudImageConfiguration.get().timeout() : Duration.ofMinutes(own);
    }

    /** Whether to shut the instance down before the image is made. */
    boolean isStopInstance();

    /** Whether to start the instance again that was shut down for the image, however the step ends. */
    boolean isStartAfterwards();

    /**
     * What becomes of an image that is not usable when the step ends: by abort, time-out or a failed state.
     *
     * @return {@code keep} or {@code delete}
     */
    String getOnIncomplete();

    /**
     * What to do when an image of that name exists.
     *
     * @return {@code fail}, {@code reuse} or {@code suffix}
     */
    String getIfNameExists();

    /**
     * The regions into which the finished image is copied.
     *
     * @return the targets; empty for none
     */
    List<ImageCopyTarget> getCopyTo();

    /**
     * What a copy that fails means for the step.
     *
     * @return {@code fail} or {@code unstable}
     */
    String getCopyFailure();

    /**
     * The accounts with which the finished image is shared.
     *
     * @return the accounts, perhaps none
     */
    List<String> getShareWith();

    /** Whether to only check what an image would need. Some clouds have a parameter of their own that says the same. */
    boolean isDryRun();

    /**
     * What is wanted of the cloud.
     *
     * @return the cloud's request, before any variable is expanded
     * @throws CloudImageException if the cloud, the credential or the name is missing, which a pipeline can leave out
     */
    default ImageRequest request() throws CloudImageException {
        CloudSettings cloud = getCloud();
        Rules rules = new Rules();
        if (cloud == null) {
            rules.required("cloud", null, Messages.ImageParameters_cloud());
        }
        rules.required("credentialsId", getCredentialsId(), Messages.ImageParameters_credentialsId());
        rules.imageName(getImageName());
        try {
            rules.check();
        } catch (CloudException e) {
            throw new CloudImageException(e.error());
        }
        return tagged(Objects.requireNonNull(cloud), cloud.request(getImageName(), getDescription()));
    }

    private ImageRequest tagged(CloudSettings cloud, ImageRequest request) throws CloudImageException {
        if (getTags().isEmpty()) {
            return request;
        }
        CloudProvider provider = cloud.getDescriptor().provider();
        if (provider.capabilities().tags() == null) {
            throw new CloudImageException(CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                    .message(Messages.ImageParameters_noTags(provider.displayName()))
                    .advice(Messages.ImageParameters_removeTags()));
        }
        return request.withTags(
                Stream.concat(request.tags().stream(), getTags().stream().map(UserTag::tag))
                        .toList());
    }

    /**
     * What is wanted beside the image, checked against the request.
     *
     * @param expand replaces the variables in a text
     * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} that names the parameter and the rule
     */
    default Options options(ImageRequest request, UnaryOperator<String> expand) throws CloudException {
        Rules rules = new Rules()
                .onlyWith("stopInstance", isStopInstance(), "instanceId", Rules.isGiven(request.instanceId()))
                .onlyWith("startAfterwards", isStartAfterwards(), "stopInstance", isStopInstance());
        if (!CLOUD_IMAGE_MANIFEST.equalsIgnoreCase(getManifestFormat())
                && !PACKER_MANIFEST.equalsIgnoreCase(getManifestFormat())) {
            String choices = Messages.ImageParameters_or(CLOUD_IMAGE_MANIFEST, PACKER_MANIFEST);
            rules.error(
                    "manifestFormat", Messages.ImageParameters_choice("manifestFormat", getManifestFormat(), choices));
        }
        Integer minutes = getTimeoutMinutes();
        if (minutes != null && minutes < 1) {
            rules.error("timeoutMinutes", Messages.ImageParameters_timeout(minutes));
        }
        if (request.imageName() != null && request.imageName().contains("${")) {
            rules.error("imageName", Messages.ImageParameters_literal(request.imageName()));
        }
        if (isStartAfterwards() && request.destroysInstance()) {
            rules.error("startAfterwards", Messages.ImageParameters_destroyed());
        }
        Options options = new Options(
                isStopInstance(),
                isStartAfterwards(),
                choice(rules, "onIncomplete", getOnIncomplete(), Options.OnIncomplete.values()),
                choice(rules, "ifNameExists", getIfNameExists(), Options.IfNameExists.values()),
                CloudSettings.ids(getShareWith().stream().map(expand).toList()),
                isDryRun(),
                retention(rules, comparesTemplates() ? unlisted(request) : null));
        if (!options.shareWith().isEmpty()) {
            JenkinsClouds.get().of(request).capabilities().sharing().check(rules, options.shareWith());
        }
        rules.check();
        return options;
    }

    /** Why launch templates and scaling configurations cannot be listed, or null if they can. */
    @CheckForNull
    private String unlisted(ImageRequest request) throws CloudException {
        CloudProvider provider = JenkinsClouds.get().of(request);
        if (provider.templates().isEmpty()) {
            return Messages.RetentionParameters_noTemplates(provider.displayName());
        }
        String endpoint = getCloud().getEndpoint();
        return ChosenEndpoint.of(provider, request.region(), endpoint).listsTemplates()
                ? null
                : Messages.RetentionParameters_noScaling(endpoint);
    }

    private static <E extends Enum<E>> E choice(Rules rules, String field, String given, E[] values) {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(given)) {
                return value;
            }
        }
        rules.error(field, Messages.ImageParameters_choice(field, given, words(values)));
        return null;
    }

    private static String words(Enum<?>[] values) {
        return Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .reduce(Messages::ImageParameters_or)
                .orElseThrow();
    }

    /**
     * A choice as it was given.
     *
     * @param given the word, or null or empty
     */
    static String choiceOrDefault(@CheckForNull String given, String ifNone) {
        String word = Util.fixEmptyAndTrim(given);
        return word == null ? ifNone : word;
    }

    /**
     * The name of a variable as it was given.
     *
     * @param given the name, or null or empty
     * @return the name, or the default
     */
    static String variableOrDefault(@CheckForNull String given) {
        String name = Util.fixEmptyAndTrim(given);
        return name == null ? DEFAULT_VARIABLE : name;
    }
}
