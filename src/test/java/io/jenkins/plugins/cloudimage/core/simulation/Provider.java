package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudDescription;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.TemplateSupport;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One kind of cloud as a process sees it. */
record Provider(Variant variant, Life life) implements CloudProvider {
    static final URI ENDPOINT = URI.create("https://cloud.test");

    @Override
    public CloudDescription description() {
        return new CloudDescription(
                variant.name(),
                variant::name,
                variant.type,
                variant.capabilities,
                new Permissions(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
                List.of("here"),
                region -> ENDPOINT,
                (region, imageId) -> null);
    }

    @Override
    public Optional<TemplateSupport> templates() {
        return Optional.of(new TemplateSupport(null));
    }

    @Override
    public Cloud connect(CloudConnection connection) {
        return new Client(life, life.world().account(connection.key().id()).in(connection.region()));
    }
}
