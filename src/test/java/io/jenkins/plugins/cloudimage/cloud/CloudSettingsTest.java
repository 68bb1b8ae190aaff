package io.jenkins.plugins.cloudimage.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The settings of every cloud, on their way through Jenkins' forms, scripts and files. */
@WithJenkins
class CloudSettingsTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        List<CustomEndpoint> endpoints = new ArrayList<>();
        FullSettings.all().forEach(cloud -> {
            CustomEndpoint endpoint = new CustomEndpoint(
                    "simulator", cloud.getDescriptor().provider().id(), "https://cloud.example.com");
            endpoint.setProperties(List.of(new ApsaraStackInstallation("pop")));
            endpoints.add(endpoint);
        });
        CloudImageConfiguration.get().setEndpoints(endpoints);
    }

    private static ImageRequest request(CloudSettings settings) {
        return settings.request("name", "description");
    }

    private static void assertSame(CloudSettings before, CloudSettings after) {
        assertEquals(request(before), request(after));
        assertEquals(before.getEndpoint(), after.getEndpoint());
    }

    @Test
    void allCloudsAreCovered() {
        assertEquals(
                CloudSettingsDescriptor.all().size(),
                FullSettings.all().stream().map(Object::getClass).distinct().count());
        assertEquals(
                CloudSettingsDescriptor.all().size(),
                io.jenkins.plugins.cloudimage.config.JenkinsClouds.get().all().size());
    }

    @Test
    void everyParameterOfTheCloudsApiIsReachableUnderItsName() throws Exception {
        for (CloudSettings settings : FullSettings.all()) {
            assertReachable((Record) request(settings), settings.getClass());
        }
    }

    /**
     * The sample has a value in every component, and the settings have a parameter of its name. The form has the dry run
     * among the parameters of the step, so the sample has none.
     */
    private static void assertReachable(Record request, Class<?> settings) throws Exception {
        DescribableModel<?> model = DescribableModel.of(settings);
        for (RecordComponent component : request.getClass().getRecordComponents()) {
            String name = component.getName();
            if (Set.of("imageName", "description").contains(name) && request instanceof ImageRequest) {
                continue;
            }
            DescribableParameter parameter = model.getParameter(name);
            assertNotNull(parameter, settings + " lacks " + name);
            component.getAccessor().setAccessible(true);
            Object value = component.getAccessor().invoke(request);
            if (value instanceof Collection<?> list
                    && !list.isEmpty()
                    && list.iterator().next() instanceof Record first) {
                assertReachable(first, element(settings, name));
            } else if (value instanceof Record nested) {
                assertReachable(nested, parameter.getErasedType());
            } else if (!Set.of("noDevice", "dryRun").contains(name)) {
                assertFalse(
                        value == null || value.equals(List.of()) || (value.equals(false) && !name.equals("autoDelete")),
                        "the sample of " + settings + " has no " + name);
            }
        }
    }

    private static Class<?> element(Class<?> settings, String property) throws Exception {
        String getter = "get" + Character.toUpperCase(property.charAt(0)) + property.substring(1);
        Type list = settings.getMethod(getter).getGenericReturnType();
        return (Class<?>) ((ParameterizedType) list).getActualTypeArguments()[0];
    }

    @Test
    void everyFieldSurvivesTheForm() throws Exception {
        for (CloudSettings before : FullSettings.all()) {
            assertSame(before, throughForm(before));
        }
    }

    @Test
    void emptyFieldsSurviveTheForm() throws Exception {
        for (CloudSettings full : FullSettings.all()) {
            CloudSettings before = empty(full);
            assertSame(before, throughForm(before));
        }
    }

    private static CloudSettings empty(CloudSettings full) throws ReflectiveOperationException {
        return full instanceof AlibabaEnsSettings
                ? new AlibabaEnsSettings()
                : full.getClass().getConstructor(String.class).newInstance("xx-north-1");
    }

    private CloudSettings throughForm(CloudSettings settings) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new CreateCloudImageBuilder(settings, "key", "name"));
        jenkins.configRoundtrip(job);
        return settings(job);
    }

    private static CloudSettings settings(FreeStyleProject job) {
        return job.getBuildersList().get(CreateCloudImageBuilder.class).getCloud();
    }

    @Test
    void everyFieldSurvivesThePipelineSyntax() throws Exception {
        for (CloudSettings before : FullSettings.all()) {
            Object after = DescribableModel.uninstantiate2_(before).instantiate(CloudSettings.class, TaskListener.NULL);
            assertSame(before, assertInstanceOf(before.getClass(), after));
            String symbol = before.getDescriptor().provider().id();
            assertEquals(symbol, DescribableModel.uninstantiate2_(before).getSymbol());
        }
    }

    @Test
    void nestedPartsAreWrittenAsPlainMaps() throws Exception {
        Map<String, Object> disk = Map.of(
                "deviceName",
                "vdb",
                "cloudDiskSpec",
                Map.of(
                        "az",
                        "cn-north-1a",
                        "diskSizeGB",
                        20,
                        "diskType",
                        "ssd",
                        "name",
                        "data",
                        "charge",
                        Map.of("chargeMode", "postpaid_by_usage")));

        JdCloudSettings cloud = new DescribableModel<>(JdCloudSettings.class)
                .instantiate(Map.of("region", "cn-north-1", "dataDisks", List.of(disk)), TaskListener.NULL);

        JdCloudDisk spec = cloud.getDataDisks().get(0).getCloudDiskSpec();
        assertEquals(20, spec.getDiskSizeGB());
        assertEquals("postpaid_by_usage", spec.getCharge().getChargeMode());
    }

    @Test
    void everyFieldSurvivesTheFile() throws Exception {
        for (CloudSettings before : FullSettings.all()) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList().add(new CreateCloudImageBuilder(before, "key", "name"));
            String file = job.getConfigFile().asString();
            assertFalse(file.contains("java.util"), file);

            job.doReload();

            assertSame(before, settings(job));
        }
    }

    @Test
    void aFileThatNamesOnlyTheRegionLoads() throws Exception {
        for (CloudSettings full : FullSettings.all()) {
            String file =
                    "<project><builders><%1$s><cloud class=\"%2$s\"><region>%3$s</region></cloud></%1$s></builders></project>"
                            .formatted(
                                    CreateCloudImageBuilder.class.getName(),
                                    full.getClass().getName(),
                                    empty(full).getRegion());
            FreeStyleProject job = (FreeStyleProject) jenkins.jenkins.createProjectFromXML(
                    full.getClass().getSimpleName(), new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));

            CloudSettings empty = empty(full);
            assertSame(empty, settings(job));
        }
    }

    @Test
    void everyFieldHasHelp() throws Exception {
        List<String> missing = new ArrayList<>();
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.executeOnServer(() -> {
                for (CloudSettings settings : FullSettings.all()) {
                    collectFieldsWithoutHelp(settings.getClass(), missing);
                }
                return null;
            });
        }
        assertEquals(List.of(), missing);
    }

    private static void collectFieldsWithoutHelp(Class<?> type, List<String> missing) throws Exception {
        Descriptor<?> descriptor = Jenkins.get().getDescriptor(type.asSubclass(hudson.model.Describable.class));
        for (DescribableParameter parameter : DescribableModel.of(type).getParameters()) {
            if (descriptor.getHelpFile(parameter.getName()) == null) {
                missing.add(type.getSimpleName() + "." + parameter.getName());
            }
            Class<?> nested = List.class.isAssignableFrom(parameter.getErasedType())
                    ? element(type, parameter.getName())
                    : parameter.getErasedType();
            if (hudson.model.Describable.class.isAssignableFrom(nested)) {
                collectFieldsWithoutHelp(nested, missing);
            }
        }
        assertTrue(DescribableModel.of(type).getParameters().size() > 0);
    }
}
