package io.jenkins.plugins.cloudimage.core.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.Permissions;
import io.jenkins.plugins.cloudimage.core.documentation.Markdown;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.Authenticator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudsTest {
    private final Clouds clouds =
            new Clouds(new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "test"), Clock.systemUTC());

    private static CloudConnection connection(CloudProvider provider, String caCertificate) {
        return new CloudConnection(
                provider.id(),
                URI.create("https://cloud.example.com"),
                "cn-north-1",
                new AccessKey("id", "secret", null),
                Map.of(),
                caCertificate);
    }

    @Test
    void everyCloudTakesThePrivateAuthorityOfItsEndpoint() {
        for (CloudProvider provider : clouds.all()) {
            assertDoesNotThrow(() -> clouds.connect(connection(provider, null)), provider.id());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> clouds.connect(connection(provider, "no certificate")),
                    provider.id());
        }
    }

    @Test
    void everyCallIsToldOfWithItsResult() {
        List<String> told = new ArrayList<>();
        Clouds observed = clouds.observed((cloud, failure, took) -> told.add(cloud + " " + failure));
        Cloud cloud = observed.connect(new CloudConnection(
                TencentProvider.ID,
                URI.create("http://127.0.0.1:1"),
                "ap-guangzhou",
                new AccessKey("id", "secret", null),
                Map.of()));

        CloudException failure = assertThrows(CloudException.class, cloud::probe);
        assertTrue(cloud.time().isEmpty());

        assertEquals(ErrorKind.UNAVAILABLE, failure.error().kind());
        assertEquals(List.of("tencentCloud UNAVAILABLE"), told);
    }

    @Test
    void everyCloudHasAnIdOfItsOwn() {
        assertEquals(
                clouds.all().size(),
                clouds.all().stream().map(CloudProvider::id).distinct().count());
    }

    @ParameterizedTest
    @CsvSource({"docs/parameters.md, Permissions", "docs/parameters.zh_CN.md, 权限"})
    void everyPermissionIsDocumented(Path page, String heading) throws IOException {
        List<List<String>> rows = Markdown.read(page).section(heading).rows();
        for (CloudProvider provider : clouds.all()) {
            String row = rows.stream()
                    .filter(cells -> Markdown.code(cells.get(0)).contains(provider.id()))
                    .map(cells -> String.join("|", cells))
                    .findFirst()
                    .orElseThrow();
            Permissions permissions = provider.permissions();
            Stream.of(
                            permissions.always(),
                            permissions.delete(),
                            permissions.power(),
                            permissions.quota(),
                            permissions.share(),
                            permissions.copy())
                    .flatMap(List::stream)
                    .forEach(permission -> assertTrue(row.contains('`' + permission + '`'), permission + ": " + row));
        }
    }
}
