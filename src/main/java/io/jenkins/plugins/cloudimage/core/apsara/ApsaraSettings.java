package io.jenkins.plugins.cloudimage.core.apsara;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings of an endpoint of Apsara Stack, besides its address: the {@link CloudConnection#settings()} of this
 * cloud.
 *
 * @param gateway the gateway behind the address
 * @param organizationId the organization (department) that owns the resources, a number, or null for the key's own
 * @param resourceSetId the resource set, a number, or null for all; needs {@code organizationId}
 * @param version the version of the ECS API, or null for {@link #USUAL_VERSION}
 */
public record ApsaraSettings(
        Gateway gateway,
        @CheckForNull String organizationId,
        @CheckForNull String resourceSetId,
        @CheckForNull String version) {
    private static final Pattern ID = Pattern.compile("[!-~]{1,64}");

    /** The gateway: {@code pop}, {@code asapi} or {@code route}. There is no default. */
    public static final String GATEWAY = "gateway";

    /** The organization. */
    public static final String ORGANIZATION = "organizationId";

    /** The resource set. */
    public static final String RESOURCE_SET = "resourceSetId";

    /** The version of the ECS API, for example {@code 2014-05-26}. */
    public static final String VERSION = "version";

    /** The version that public clients of Apsara Stack use for images. */
    public static final String USUAL_VERSION = "2014-05-26";

    /** A gateway of an installation. */
    public enum Gateway {
        /** The POP endpoint of ECS, the default of Apsara Stack Enterprise since V3.16. */
        POP,
        /** The older gateway for all products, at {@code /asapi/v3}. */
        ASAPI,
        /**
         * A path for each action, {@code /apsara/route/Ecs/CreateImage}, as operators of private clouds <a
         * href="https://help.crelpc.com/elastic-compute-service/APIReference/Images/CreateImage">document it</a>. The
         * signature is not documented; nobody has verified that this works.
         */
        ROUTE;

        /**
         * The value of the setting.
         *
         * @return for example {@code pop}
         */
        public String id() {
            return switch (this) {
                case POP -> "pop";
                case ASAPI -> "asapi";
                case ROUTE -> "route";
            };
        }
    }

    /**
     * Reads and checks settings.
     *
     * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} if the gateway is missing or unknown, or a resource
     *     set is given without its organization
     */
    public static ApsaraSettings of(Map<String, String> settings) throws CloudException {
        String gateway = value(settings, GATEWAY);
        Optional<Gateway> known = Arrays.stream(Gateway.values())
                .filter(each -> each.id().equalsIgnoreCase(gateway))
                .findFirst();
        if (known.isEmpty()) {
            throw refused(
                    gateway == null
                            ? Messages.ApsaraSettings_noGateway()
                            : Messages.ApsaraSettings_unknownGateway(gateway),
                    Messages.ApsaraSettings_setGateway(
                            GATEWAY,
                            Arrays.stream(Gateway.values()).map(Gateway::id).collect(Collectors.joining(", "))));
        }
        ApsaraSettings understood = new ApsaraSettings(
                known.get(), value(settings, ORGANIZATION), value(settings, RESOURCE_SET), value(settings, VERSION));
        for (String name : List.of(ORGANIZATION, RESOURCE_SET)) {
            String id = value(settings, name);
            if (id != null && !isId(id)) {
                throw refused(Messages.ApsaraSettings_unsendable(name, id), Messages.ApsaraSettings_setNumber());
            }
        }
        if (understood.resourceSetId != null && understood.organizationId == null) {
            throw refused(
                    Messages.ApsaraSettings_noOrganization(RESOURCE_SET, ORGANIZATION),
                    Messages.ApsaraSettings_setOrganization(ORGANIZATION));
        }
        return understood;
    }

    /** Ids go into headers, which take printable ASCII only. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    @CheckForNull
    private static String value(Map<String, String> settings, String name) {
        String value = settings.get(name);
        return Rules.isGiven(value) ? value.strip() : null;
    }

    private static CloudException refused(String message, String advice) {
        return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(message)
                .advice(advice)
                .exception();
    }

    /** The version to ask for. */
    String effectiveVersion() {
        return version == null ? USUAL_VERSION : version;
    }
}
