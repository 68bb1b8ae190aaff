package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Permissions;
import java.net.URI;
import java.util.List;

/** One kind of cloud as a process sees it. */
record Provider(Variant variant, Life life) implements CloudProvider {
    static final URI ENDPOINT = URI.create("https://cloud.test");

    @Override
    public String id() {
        return variant.name();
    }

    @Override
    public String displayName() {
        return variant.name();
    }

    @Override
    public Capabilities capabilities() {
        return variant.capabilities;
    }

    @Override
    public Permissions permissions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Class<? extends ImageRequest> requestType() {
        return variant.type;
    }

    @Override
    public List<String> regions() {
        return List.of("here");
    }

    @Override
    public URI endpoint(String region) {
        return ENDPOINT;
    }

    @Override
    public URI console(String region, String imageId) {
        return null;
    }

    @Override
    public Cloud connect(CloudConnection connection) {
        return new Client(life, life.world().account(connection.key().id()));
    }
}
