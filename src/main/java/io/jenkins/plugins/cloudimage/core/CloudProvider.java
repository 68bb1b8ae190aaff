package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.util.List;

/** A kind of cloud: what is known of it without a key and without a call, and how to become its client. */
public interface CloudProvider {

    /**
     * The name under which Jenkinsfiles, the ledger and manifests know the cloud.
     *
     * @return for example {@code tencentCloud}; it never changes
     */
    String id();

    /**
     * The cloud's name for people.
     *
     * @return for example {@code Tencent Cloud}
     */
    String displayName();

    /**
     * What the cloud can do.
     *
     * @return its capabilities
     */
    Capabilities capabilities();

    /**
     * What a key must be allowed to do.
     *
     * @return the permissions, of which {@link Cloud#probe()} proves one
     */
    Permissions permissions();

    /**
     * The type of the cloud's requests.
     *
     * @return a record that Jackson can write and read
     */
    Class<? extends ImageRequest> requestType();

    /**
     * Regions to suggest. A region that is missing here works all the same.
     *
     * @return region codes
     */
    List<String> regions();

    /**
     * The cloud's public endpoint for a region.
     *
     * @param region a region code
     * @return where calls for that region go unless an administrator says otherwise, or null for a cloud of which every
     *     installation has an address of its own; then an administrator must say
     */
    @CheckForNull
    URI endpoint(String region);

    /**
     * The page of an image in the cloud's web console.
     *
     * @param region the image's region
     * @param imageId the image
     * @return an https address, or null where it differs from installation to installation
     */
    @CheckForNull
    URI console(String region, String imageId);

    /**
     * Makes the client for an account. This is cheap and sends nothing.
     *
     * @param connection where and as whom
     * @return the client
     */
    Cloud connect(CloudConnection connection);
}
