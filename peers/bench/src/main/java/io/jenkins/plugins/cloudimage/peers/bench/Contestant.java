package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.peers.SdkLoader;
import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import java.io.File;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Who is compared: for each cloud the plugin's core and the cloud's own SDK, both behind the oracles' interface, which
 * takes and gives JDK types only; and OkHttp alone, which neither signs nor reads JSON.
 */
public enum Contestant {
    /** The core, Tencent Cloud. */
    OUR_TENCENT("our Tencent", Ours.Tencent::new),
    /** Tencent's SDK. */
    TENCENT_SDK("Tencent SDK", "tencent", "TencentSdk"),
    /** The core, JD Cloud. */
    OUR_JD_CLOUD("our JD", Ours.JdCloud::new),
    /** JD's SDK. */
    JD_CLOUD_SDK("JD SDK", "jdcloud", "JdCloudSdk"),
    /** The core, Apsara Stack, whose POP gateway takes RPC signature 1. */
    OUR_RPC("our Alibaba RPC", Ours.Rpc::new),
    /** Alibaba's SDK, RPC signature 1. */
    RPC_SDK("Alibaba SDK", "alibaba", "AlibabaSdk$Rpc"),
    /** The core, public ECS, by ACS3. */
    OUR_ACS3("our Alibaba ACS3", Ours.Acs3::new),
    /** Alibaba's SDK, ACS3. */
    ACS3_SDK("Alibaba SDK", "alibaba", "AlibabaSdk$Acs3"),
    /** The floor of all that goes over the network. */
    BARE_OKHTTP("bare OkHttp", BareOkHttp::new);

    private final String title;
    private final Supplier<Sdk> loading;
    private final String module;
    private final String driver;

    Contestant(String title, Supplier<Sdk> loading) {
        this.title = title;
        this.loading = loading;
        this.module = null;
        this.driver = null;
    }

    Contestant(String title, String module, String driver) {
        this.title = title;
        this.loading = () -> SdkLoader.load(module, driver);
        this.module = module;
        this.driver = driver;
    }

    /** Loads it; an SDK into a class loader of its own. */
    Sdk load() {
        return loading.get();
    }

    /** The name of a class that makes it from {@link #classPath()} alone. */
    String driver() {
        return driver == null ? load().getClass().getName() : Sdk.class.getPackageName() + "." + driver;
    }

    /** The class path with which it is alone in a JVM. */
    String classPath() {
        if (module == null) {
            return System.getProperty("java.class.path");
        }
        Path target = SdkLoader.target(module);
        return String.join(
                File.pathSeparator,
                target.resolve("classes").toString(),
                target.resolve("sdk") + File.separator + "*",
                where(Sdk.class),
                where(FirstCall.class));
    }

    private static String where(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    @Override
    public String toString() {
        return title;
    }
}
