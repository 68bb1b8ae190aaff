package io.jenkins.plugins.cloudimage.core.apsara;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApsaraSettingsTest {
    private static CloudError error(Map<String, String> settings) {
        return assertThrows(CloudException.class, () -> ApsaraSettings.of(settings))
                .error();
    }

    @ParameterizedTest
    @CsvSource({"pop, POP", "asapi, ASAPI", "route, ROUTE", "Pop, POP", "' pop ', POP"})
    void knowsThreeGateways(String value, ApsaraSettings.Gateway gateway) throws CloudException {
        assertEquals(gateway, ApsaraSettings.of(Map.of("gateway", value)).gateway());
    }

    @Test
    void hasNoDefaultGateway() {
        CloudError missing = error(Map.of("organizationId", "37"));
        CloudError unknown = error(Map.of("gateway", "http"));

        assertEquals(ErrorKind.INVALID_REQUEST, missing.kind());
        assertTrue(missing.message().contains("not set"), missing.message());
        assertEquals(ErrorKind.INVALID_REQUEST, unknown.kind());
        assertTrue(unknown.message().contains("\"http\" is not a gateway"), unknown.message());
        assertTrue(unknown.advice().contains("pop, asapi, route"), unknown.advice());
    }

    @Test
    void aResourceSetBelongsToAnOrganization() throws CloudException {
        ApsaraSettings both =
                ApsaraSettings.of(Map.of("gateway", "pop", "organizationId", "37", "resourceSetId", "42"));

        assertEquals("37", both.organizationId());
        assertEquals("42", both.resourceSetId());
        assertTrue(error(Map.of("gateway", "pop", "resourceSetId", "42"))
                .message()
                .contains("resourceSetId is given without organizationId"));
    }

    @Test
    void theVersionIsTheUsualOneUnlessItIsSet() throws CloudException {
        ApsaraSettings usual = ApsaraSettings.of(Map.of("gateway", "pop", "version", " "));

        assertNull(usual.version());
        assertEquals("2014-05-26", usual.effectiveVersion());
        assertEquals(
                "2016-01-01",
                ApsaraSettings.of(Map.of("gateway", "route", "version", "2016-01-01"))
                        .effectiveVersion());
    }
}
