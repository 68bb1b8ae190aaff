package io.jenkins.plugins.cloudimage.peers;

import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads each SDK with its libraries into a class loader of its own, which sees the JDK and {@link Sdk} and nothing else
 * of ours: one SDK is bound to OkHttp 3, the core to OkHttp 5.
 */
public final class SdkLoader {
    private static final Path MODULES = Path.of("../sdk");

    private SdkLoader() {}

    /**
     * Loads an SDK.
     *
     * @param module the module below {@code peers/sdk}
     * @param driver the simple name of its class that implements {@link Sdk}
     */
    public static Sdk load(String module, String driver) {
        Path target = target(module);
        List<URL> classPath = new ArrayList<>();
        classPath.add(url(target.resolve("classes")));
        try (Stream<Path> jars = Files.list(target.resolve("sdk"))) {
            jars.sorted().map(SdkLoader::url).forEach(classPath::add);
        } catch (IOException e) {
            throw new UncheckedIOException("Build it first: mvn -f peers/pom.xml verify", e);
        }
        ClassLoader loader = new URLClassLoader(module, classPath.toArray(URL[]::new), new Shared());
        try {
            return (Sdk) loader.loadClass(Sdk.class.getPackageName() + "." + driver)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Where an SDK was built.
     *
     * @return a folder with its driver in {@code classes} and the libraries in {@code sdk}
     */
    public static Path target(String module) {
        return MODULES.resolve(module).resolve("target");
    }

    private static URL url(Path path) {
        try {
            return path.toAbsolutePath().normalize().toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JDK and the one type of ours. */
    private static final class Shared extends ClassLoader {
        Shared() {
            super(getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals(Sdk.class.getName()) || name.equals(Sdk.Client.class.getName())) {
                return Class.forName(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
