package io.jenkins.plugins.cloudimage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.jvnet.localizer.LocaleProvider;

/** The core alone is built with the libraries that Jenkins and the API plugins bring; here both can be seen. */
class ApiPluginsTest {

    @Test
    void theCoreIsBuiltWithTheJacksonOfItsApiPlugin() throws Exception {
        assertEquals(
                majorMinor(com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION.toString()),
                majorMinor(property("jackson.version")));
    }

    @Test
    void theCoreIsBuiltWithTheOkHttpOfItsApiPlugin() throws Exception {
        assertEquals(majorMinor(okhttp3.OkHttp.VERSION), majorMinor(property("okhttp.version")));
    }

    @Test
    void theCoreIsBuiltWithTheLocalizerOfJenkins() throws Exception {
        Properties localizer = new Properties();
        try (InputStream file = LocaleProvider.class.getResourceAsStream(
                "/META-INF/maven/org.jvnet.localizer/localizer/pom.properties")) {
            localizer.load(file);
        }
        assertEquals(localizer.getProperty("version"), property("localizer.version"));
    }

    private static String property(String name) throws Exception {
        Matcher matcher =
                Pattern.compile("<" + name + ">(.*)</" + name + ">").matcher(Files.readString(Path.of("pom-core.xml")));
        if (!matcher.find()) {
            throw new AssertionError("pom-core.xml has no " + name);
        }
        return matcher.group(1);
    }

    private static String majorMinor(String version) {
        String[] parts = version.split("\\.");
        return parts[0] + "." + parts[1];
    }
}
