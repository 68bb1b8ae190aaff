package io.jenkins.plugins.cloudimage.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every web method of the plugin × who asks × how. A web method that is not in the table fails the test: add a line that
 * says what it does, and with it who may call it.
 */
@WithJenkins
class PermissionMatrixTest {
    /** What a web method does, which decides who may call it. All take POST only. */
    private enum Does {
        /** It judges the text that it is given, or lists what is in the documentation; nothing of this Jenkins is told. */
        TEXT,
        /** It lists credentials: only the current one to those who may not use them. */
        CREDENTIALS,
        /** It lists the administrator's endpoints: none to those who may not see the job's configuration. */
        ENDPOINTS,
        /** It makes a call or changes a job; for those who may configure the job. */
        CONFIGURE,
        /** It tells or changes something of the whole Jenkins; for administrators. */
        ADMINISTER,
        /** It lists what an administrator may choose: nothing to others. */
        CHOICES,
        /** A getter on the way to objects that have no web methods; the page that shows them is for administrators. */
        ADMINISTRATORS_PAGE,
        /** A getter on the way to objects that have no web methods; the page that shows them is part of a build's or job's. */
        PAGE
    }

    private static final String TABLE = """
            TEXT
              build.CopyDescriptor.doFillCopyFailureItems
              build.CreateCloudImageBuilder.DescriptorImpl.doCheckCredentialsId
              build.CreateCloudImageBuilder.DescriptorImpl.doCheckDescription
              build.CreateCloudImageBuilder.DescriptorImpl.doCheckImageName
              build.CreateCloudImageBuilder.DescriptorImpl.doCheckShareWith
              build.CreateCloudImageBuilder.DescriptorImpl.doCheckStartAfterwards
              build.CreateCloudImageBuilder.DescriptorImpl.doCheckStopInstance
              build.CreateCloudImageBuilder.DescriptorImpl.doCheckTimeoutMinutes
              build.CreateCloudImageBuilder.DescriptorImpl.doCheckVariable
              build.CreateCloudImageBuilder.DescriptorImpl.doFillIfNameExistsItems
              build.CreateCloudImageBuilder.DescriptorImpl.doFillManifestFormatItems
              build.CreateCloudImageBuilder.DescriptorImpl.doFillOnIncompleteItems
              build.DeleteCloudImageBuilder.DescriptorImpl.doCheckCredentialsId
              build.DeleteCloudImageBuilder.DescriptorImpl.doCheckForce
              build.DeleteCloudImageBuilder.DescriptorImpl.doCheckImageId
              build.RetentionDescriptor.doCheckAcceptUnseenUse
              build.RetentionDescriptor.doCheckKeep
              build.RetentionDescriptor.doCheckKeepDays
              build.RetentionDescriptor.doFillRetainItems
              build.FindCloudImageBuilder.DescriptorImpl.doCheckCredentialsId
              build.FindCloudImageBuilder.DescriptorImpl.doCheckImageFamily
              build.FindCloudImageBuilder.DescriptorImpl.doCheckNamePrefix
              build.FindCloudImageBuilder.DescriptorImpl.doCheckTag
              build.FindCloudImageBuilder.DescriptorImpl.doCheckVariable
              cloud.AlibabaEcsSettings.DescriptorImpl.doCheckBootMode
              cloud.AlibabaEcsSettings.DescriptorImpl.doCheckDetectionStrategy
              cloud.AlibabaEcsSettings.DescriptorImpl.doCheckImageFamily
              cloud.AlibabaEcsSettings.DescriptorImpl.doCheckImageVersion
              cloud.AlibabaEcsSettings.DescriptorImpl.doCheckImdsSupport
              cloud.AlibabaEcsSettings.DescriptorImpl.doCheckSecureBootSupport
              cloud.AlibabaEcsSettings.DescriptorImpl.doCheckStorageLocationArn
              cloud.AlibabaEcsSettings.DescriptorImpl.doFillBootModeItems
              cloud.AlibabaEcsSettings.DescriptorImpl.doFillDetectionStrategyItems
              cloud.AlibabaEcsSettings.DescriptorImpl.doFillImdsSupportItems
              cloud.AlibabaEcsSettings.DescriptorImpl.doFillSecureBootSupportItems
              cloud.AlibabaEnsSettings.DescriptorImpl.doCheckInstanceId
              cloud.AlibabaEnsSettings.DescriptorImpl.doCheckSnapshotId
              cloud.AlibabaEnsSettings.DescriptorImpl.doCheckTargetOSSRegionId
              cloud.ApsaraStackSettings.DescriptorImpl.doCheckOrganizationId
              cloud.ApsaraStackSettings.DescriptorImpl.doCheckResourceSetId
              cloud.CloudSettingsDescriptor.doCheckRegion
              cloud.CloudSettingsDescriptor.doFillRegionItems
              cloud.EcsApiSettingsDescriptor.doCheckArchitecture
              cloud.EcsApiSettingsDescriptor.doCheckInstanceId
              cloud.EcsApiSettingsDescriptor.doCheckPlatform
              cloud.EcsApiSettingsDescriptor.doCheckResourceGroupId
              cloud.EcsApiSettingsDescriptor.doCheckSnapshotId
              cloud.EcsApiSettingsDescriptor.doFillArchitectureItems
              cloud.EcsApiSettingsDescriptor.doFillPlatformItems
              cloud.EcsDiskMapping.DescriptorImpl.doCheckDevice
              cloud.EcsDiskMapping.DescriptorImpl.doCheckDiskType
              cloud.EcsDiskMapping.DescriptorImpl.doCheckSize
              cloud.EcsDiskMapping.DescriptorImpl.doCheckSnapshotId
              cloud.EcsDiskMapping.DescriptorImpl.doFillDiskTypeItems
              cloud.EcsImageTag.DescriptorImpl.doCheckKey
              cloud.EcsImageTag.DescriptorImpl.doCheckValue
              cloud.JdCloudDisk.DescriptorImpl.doCheckDiskSizeGB
              cloud.JdCloudDisk.DescriptorImpl.doCheckDiskType
              cloud.JdCloudDisk.DescriptorImpl.doCheckEncrypt
              cloud.JdCloudDisk.DescriptorImpl.doCheckIops
              cloud.JdCloudDisk.DescriptorImpl.doCheckSnapshotId
              cloud.JdCloudDisk.DescriptorImpl.doFillDiskTypeItems
              cloud.JdCloudSettings.DescriptorImpl.doCheckInstanceId
              cloud.JdCloudDataDisk.DescriptorImpl.doCheckDeviceName
              cloud.JdCloudDataDisk.DescriptorImpl.doCheckDiskCategory
              cloud.JdCloudDataDisk.DescriptorImpl.doFillDeviceNameItems
              cloud.JdCloudDiskCharge.DescriptorImpl.doCheckAutoChangeChargeMode
              cloud.JdCloudDiskCharge.DescriptorImpl.doCheckAutoChangeChargeModeDate
              cloud.JdCloudDiskCharge.DescriptorImpl.doCheckAutoRenew
              cloud.JdCloudDiskCharge.DescriptorImpl.doCheckChargeDuration
              cloud.JdCloudDiskCharge.DescriptorImpl.doCheckChargeMode
              cloud.JdCloudDiskCharge.DescriptorImpl.doCheckChargeUnit
              cloud.JdCloudDiskCharge.DescriptorImpl.doFillChargeModeItems
              cloud.JdCloudDiskCharge.DescriptorImpl.doFillChargeUnitItems
              cloud.QcloudSettings.DescriptorImpl.doCheckInstanceId
              cloud.TencentCloudSettings.DescriptorImpl.doCheckDataDiskIds
              cloud.TencentCloudSettings.DescriptorImpl.doCheckInstanceId
              cloud.TencentCloudSettings.DescriptorImpl.doCheckSnapshotIds
              cloud.TencentImageTag.DescriptorImpl.doCheckKey
              cloud.TencentImageTag.DescriptorImpl.doCheckValue
              cloud.ImageCopyTarget.DescriptorImpl.doCheckKmsKeyId
              cloud.ImageCopyTarget.DescriptorImpl.doCheckRegion
              cloud.UserTag.DescriptorImpl.doCheckKey
              cloud.ApsaraStackInstallation.DescriptorImpl.doFillGatewayItems
              credentials.CloudAccessKeyImpl.DescriptorImpl.doCheckAccessKeyId
              credentials.CloudAccessKeyImpl.DescriptorImpl.doCheckSecretKey
              credentials.CloudAccessKeyImpl.DescriptorImpl.doCheckSessionToken
              credentials.CloudOidcRoleImpl.DescriptorImpl.doCheckProvider
              credentials.CloudOidcRoleImpl.DescriptorImpl.doCheckTokenCredentialsId
              credentials.CloudRoleImpl.DescriptorImpl.doCheckAccessKeyId
              credentials.CloudRoleImpl.DescriptorImpl.doCheckExternalId
              credentials.CloudRoleImpl.DescriptorImpl.doCheckSecretKey
              credentials.RoleCredentials.RoleDescriptor.doCheckDurationSeconds
              credentials.RoleCredentials.RoleDescriptor.doCheckPolicy
              credentials.RoleCredentials.RoleDescriptor.doCheckRoleName
              credentials.InstanceRoleImpl.DescriptorImpl.doCheckRoleName
              credentials.InstanceRoleImpl.DescriptorImpl.doFillCloudItems
            CREDENTIALS
              credentials.CloudOidcRoleImpl.DescriptorImpl.doFillTokenCredentialsIdItems
              build.CreateCloudImageBuilder.DescriptorImpl.doFillCredentialsIdItems
              build.DeleteCloudImageBuilder.DescriptorImpl.doFillCredentialsIdItems
              build.FindCloudImageBuilder.DescriptorImpl.doFillCredentialsIdItems
            ENDPOINTS
              cloud.CloudSettingsDescriptor.doCheckEndpoint
              cloud.CloudSettingsDescriptor.doFillEndpointItems
            CONFIGURE
              cloud.CloudSettingsDescriptor.doTestConnection
            ADMINISTER
              cloud.ApsaraStackInstallation.DescriptorImpl.doCheckGateway
              cloud.ApsaraStackInstallation.DescriptorImpl.doCheckResourceSetId
              config.CloudImageConfiguration.doCheckPollSeconds
              config.CloudImageConfiguration.doCheckTimeoutMinutes
              config.CustomEndpoint.DescriptorImpl.doCheckCaCertificate
              config.CustomEndpoint.DescriptorImpl.doCheckName
              config.CustomEndpoint.DescriptorImpl.doCheckScalingUrl
              config.CustomEndpoint.DescriptorImpl.doCheckStsUrl
              config.CustomEndpoint.DescriptorImpl.doCheckUrl
              run.CreationsPage.doCleanUp
              run.CreationsPage.doForget
              run.CreationsPage.doKeep
              run.CreationsPage.doReleaseAll
              run.CreationsPage.doRetry
              run.CreationsPage.doSupportBundle
            CHOICES
              config.CustomEndpoint.DescriptorImpl.doFillCloudItems
            ADMINISTRATORS_PAGE
              run.CreationsPage.getRecords
            PAGE
              run.CloudImageAction.getCards
              run.CloudImageAction.getDeletions
              run.CloudImageAction.getFound
              run.CloudImageAction.getImages
              run.ProjectImages.getBuilds
            """;

    /** Nobody but those who may see it may learn this from any method. */
    private static final String HIDDEN_CREDENTIAL = "hidden-credential";

    private static final String HIDDEN_ENDPOINT = "simulator";
    private static final List<String> USERS = List.of("anonymous", "reader", "configurer", "admin");

    private final TencentFixture tencent = new TencentFixture();
    private final Map<String, String> wrong = new TreeMap<>();
    private final Map<Does, Integer> counts = new EnumMap<>(Does.class);
    private int cells;

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static Map<String, Does> table() {
        Map<String, Does> table = new TreeMap<>();
        Does does = null;
        for (String line : TABLE.lines().toList()) {
            if (line.startsWith(" ")) {
                table.put(line.strip(), does);
            } else {
                does = Does.valueOf(line);
            }
        }
        return table;
    }

    @Test
    void everyWebMethodIsInTheTable() {
        assertEquals(String.join("\n", table().keySet()), String.join("\n", WebMethods.all()));
    }

    @Test
    void everybodyMayDoWhatIsTheirsAndNothingElse(JenkinsRule jenkins) throws Exception {
        prepare(jenkins);
        for (String user : USERS) {
            try (JenkinsRule.WebClient browser =
                    jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
                if (!user.equals("anonymous")) {
                    browser.login(user);
                }
                // A refusal sends browsers to the login after a second.
                browser.setRefreshHandler((page, address, seconds) -> {});
                browser.getOptions().setPrintContentOnFailingStatusCode(false);
                browser.getOptions().setJavaScriptEnabled(false);
                for (Map.Entry<String, Does> method : table().entrySet()) {
                    for (HttpMethod verb : List.of(HttpMethod.GET, HttpMethod.POST)) {
                        check(browser, user, method.getKey(), method.getValue(), verb);
                    }
                }
                checkPages(browser, user);
            }
        }
        assertEquals(Map.of(), wrong);
        System.out.println("Permission matrix: " + cells + " cells, " + counts);
    }

    private void prepare(JenkinsRule jenkins) throws Exception {
        tencent.configure();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(TencentFixture.key(HIDDEN_CREDENTIAL, "no-secret-at-all"));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        HIDDEN_CREDENTIAL + "-token",
                        "",
                        Secret.fromString("no-secret-at-all")));
        FreeStyleProject job = jenkins.createFreeStyleProject("bake");
        CreateCloudImageBuilder builder =
                new CreateCloudImageBuilder(tencent.settings(), "tencent", "web-${BUILD_NUMBER}");
        job.getBuildersList().add(builder);
        jenkins.buildAndAssertSuccess(job);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "configurer")
                .grant(Item.CONFIGURE, Item.EXTENDED_READ, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("configurer"));
    }

    private void check(JenkinsRule.WebClient browser, String user, String method, Does does, HttpMethod verb)
            throws IOException {
        if (does == Does.PAGE || does == Does.ADMINISTRATORS_PAGE) {
            return;
        }
        cells++;
        counts.merge(does, 1, Integer::sum);
        WebResponse answer = ask(browser, address(method), verb);
        int status = answer.getStatusCode();
        String cell = method + " by " + user + " with " + verb;
        if (user.equals("anonymous")) {
            expect(cell, Set.of(401, 403, 404), status);
        } else if (verb == HttpMethod.GET) {
            expect(cell, Set.of(404, 405), status);
        } else {
            expect(cell, allowed(user, does) ? Set.of(200, 302) : Set.of(403), status);
        }
        boolean mayKnow = user.equals("admin") || user.equals("configurer");
        String text = answer.getContentAsString();
        // A refusal repeats the address that was asked for.
        if (does == Does.CHOICES && status == HttpURLConnection.HTTP_OK && !user.equals("admin")) {
            tell(cell + " lists choices", text.contains("tencentCloud"));
        }
        tell(cell + " tells of credentials", !mayKnow && text.contains(HIDDEN_CREDENTIAL));
        tell(cell + " tells of endpoints", !mayKnow && text.contains(HIDDEN_ENDPOINT));
        if (verb == HttpMethod.POST && mayKnow && does == Does.CREDENTIALS) {
            tell(cell + " lists no credentials", !text.contains(HIDDEN_CREDENTIAL));
        }
    }

    private static boolean allowed(String user, Does does) {
        return switch (does) {
            case ADMINISTER -> user.equals("admin");
            case CONFIGURE -> !user.equals("reader");
            default -> true;
        };
    }

    private void expect(String cell, Set<Integer> statuses, int status) {
        if (!statuses.contains(status)) {
            wrong.put(cell, "HTTP " + status);
        }
    }

    private void tell(String what, boolean isWrong) {
        if (isWrong) {
            wrong.put(what, "");
        }
    }

    private static WebResponse ask(JenkinsRule.WebClient browser, String address, HttpMethod verb) throws IOException {
        WebRequest request = new WebRequest(browser.createCrumbedUrl(address), verb);
        browser.getOptions().setRedirectEnabled(false);
        return browser.getPage(request).getWebResponse();
    }

    /** Descriptors are asked in a job, as its form does. */
    private static String address(String method) {
        int dot = method.lastIndexOf('.');
        String owner = method.substring(0, dot);
        String name = method.substring(dot + "do".length() + 1);
        String web = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        String query =
                "?value=1&credentialsId=current&region=ap-guangzhou&cloud=tencentCloud&key=6f9619ff-8b86-d011-b42d-00cf4fc964ff";
        return owner.equals("run.CreationsPage")
                ? "manage/cloud-images/" + web + query
                : "job/bake/descriptorByName/" + descriptor(owner) + "/" + web + query;
    }

    private static String descriptor(String owner) {
        String type =
                "io.jenkins.plugins.cloudimage." + owner.replaceFirst("\\.(DescriptorImpl|RoleDescriptor)$", "\\$$1");
        List<String> ids = new ArrayList<>();
        for (Descriptor<?> descriptor : Jenkins.get().getExtensionList(Descriptor.class)) {
            for (Class<?> each = descriptor.getClass(); each != null; each = each.getSuperclass()) {
                if (each.getName().equals(type)) {
                    ids.add(descriptor.getId());
                }
            }
        }
        assertFalse(ids.isEmpty(), () -> "There is no descriptor " + type);
        return ids.contains("io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings")
                ? "io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings"
                : ids.get(0);
    }

    private void checkPages(JenkinsRule.WebClient browser, String user) throws IOException {
        Map<String, Does> pages = Map.of(
                "manage/cloud-images/", Does.ADMINISTER,
                "manage/cloud-images/api/json", Does.ADMINISTER,
                "manage/configure", Does.ADMINISTER,
                "job/bake/1/", Does.PAGE,
                "job/bake/1/cloud-images/", Does.PAGE,
                "job/bake/1/cloud-images/api/json", Does.PAGE,
                "job/bake/cloud-images/", Does.PAGE,
                "job/bake/1/api/json?depth=3", Does.PAGE);
        for (Map.Entry<String, Does> page : pages.entrySet()) {
            cells++;
            WebResponse answer = ask(browser, page.getKey(), HttpMethod.GET);
            String cell = page.getKey() + " by " + user;
            boolean allowed = !user.equals("anonymous") && allowed(user, page.getValue());
            expect(cell, allowed ? Set.of(HttpURLConnection.HTTP_OK) : Set.of(401, 403, 404), answer.getStatusCode());
            boolean mayKnow = user.equals("admin");
            tell(
                    cell + " tells of credentials",
                    !mayKnow && answer.getContentAsString().contains(HIDDEN_CREDENTIAL));
        }
    }

    @Test
    void theTableNamesEachMethodOnce() {
        long lines = TABLE.lines().filter(line -> line.startsWith(" ")).count();
        assertTrue(lines == table().size(), "A method is twice in the table");
    }
}
