package io.jenkins.plugins.cloudimage.core.apsara;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells an installation which organization's resources a call is about, in the headers and parameters of <a
 * href="https://github.com/aliyun/terraform-provider-alibabacloudstack">Alibaba's own clients</a>.
 */
final class ApsaraTenancy {
    private static final String PRODUCT = "ecs";

    private final SortedMap<String, String> headers;
    private final SortedMap<String, String> parameters;

    ApsaraTenancy(ApsaraSettings settings, String region) {
        this.headers = Collections.unmodifiableSortedMap(headers(settings, region));
        this.parameters = Collections.unmodifiableSortedMap(parameters(settings));
    }

    /** Headers, under names in lower case. */
    SortedMap<String, String> headers() {
        return headers;
    }

    /** Parameters of the query. */
    SortedMap<String, String> parameters() {
        return parameters;
    }

    private static SortedMap<String, String> headers(ApsaraSettings settings, String region) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("accept", "application/json");
        headers.put("regionid", region);
        headers.put("x-acs-asapi-product", PRODUCT);
        // Documented as mandatory and without effect.
        headers.put("x-acs-caller-sdk-source", "cloud-image-plugin");
        headers.put("x-acs-lang", "EN");
        headers.put("x-acs-regionid", region);
        headers.put("x-acs-request-version", "v1");
        headers.put("x-ascm-product-name", PRODUCT);
        put(headers, "x-acs-organizationid", settings.organizationId());
        put(headers, "x-acs-resourcegroupid", settings.resourceSetId());
        return headers;
    }

    private static SortedMap<String, String> parameters(ApsaraSettings settings) {
        SortedMap<String, String> parameters = new TreeMap<>();
        put(parameters, "Department", settings.organizationId());
        put(parameters, "OrganizationId", settings.organizationId());
        put(parameters, "ResourceGroup", settings.resourceSetId());
        parameters.put("Product", PRODUCT);
        return parameters;
    }

    private static void put(SortedMap<String, String> target, String name, @CheckForNull String value) {
        if (value != null) {
            target.put(name, value);
        }
    }
}
