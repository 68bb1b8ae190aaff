package io.jenkins.plugins.cloudimage.security;

import hudson.model.Action;
import hudson.model.AdministrativeMonitor;
import hudson.model.Api;
import hudson.security.Permission;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.kohsuke.stapler.StaplerFallback;
import org.kohsuke.stapler.StaplerOverridable;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.bind.JavaScriptMethod;

/** Whatever of the plugin's classes a browser can reach, found by reflection. */
final class WebMethods {
    private static final String PACKAGE = "io.jenkins.plugins.cloudimage.";

    private WebMethods() {}

    /**
     * All of them.
     *
     * @return names such as {@code config.CustomEndpoint.DescriptorImpl.doCheckUrl}
     */
    static SortedSet<String> all() {
        SortedSet<String> found = new TreeSet<>();
        for (Class<?> type : classes()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                    .filter(method -> isWebMethod(method) || leadsOn(type, method))
                    .forEach(method -> found.add(name(type) + "." + method.getName()));
            for (Class<?> door : List.of(StaplerProxy.class, StaplerFallback.class, StaplerOverridable.class)) {
                if (List.of(type.getInterfaces()).contains(door)) {
                    found.add(name(type) + " is a " + door.getSimpleName());
                }
            }
        }
        return found;
    }

    private static boolean isWebMethod(Method method) {
        return method.getName().matches("do([A-Z].*)?")
                || method.getName().equals("getDynamic")
                || method.isAnnotationPresent(JavaScriptMethod.class);
    }

    /** Addresses lead from an object to what its getters return. */
    private static boolean leadsOn(Class<?> type, Method method) {
        boolean hasAddress = Action.class.isAssignableFrom(type) || AdministrativeMonitor.class.isAssignableFrom(type);
        Class<?> result = method.getReturnType();
        boolean isPlain = result.isPrimitive()
                || result.isEnum()
                || Number.class.isAssignableFrom(result)
                || TemporalAccessor.class.isAssignableFrom(result)
                || List.of(String.class, Boolean.class, Date.class, Permission.class, Api.class)
                        .contains(result);
        return hasAddress && method.getName().matches("get[A-Z].*") && !isPlain;
    }

    private static String name(Class<?> type) {
        return type.getName().substring(PACKAGE.length()).replace('$', '.');
    }

    private static List<Class<?>> classes() {
        try {
            Path root = Path.of(CloudImageConfiguration.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.map(file -> root.relativize(file).toString().replace(File.separatorChar, '.'))
                        .filter(name -> name.startsWith(PACKAGE) && name.endsWith(".class"))
                        .filter(name -> !name.startsWith(PACKAGE + "core."))
                        .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())))
                        .toList();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, WebMethods.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
