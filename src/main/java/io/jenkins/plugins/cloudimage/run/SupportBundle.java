package io.jenkins.plugins.cloudimage.run;

import hudson.PluginWrapper;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.Redaction;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.ExportConfig;
import org.kohsuke.stapler.export.Flavor;
import org.kohsuke.stapler.export.ModelBuilder;
import org.kohsuke.stapler.export.TreePruner;

/**
 * The information for a bug report, as one text that its sender can review: versions, configuration, the records as in
 * the REST API of the page, and recent errors. It reads no keys and no credentials. Account numbers, which clouds put
 * into their messages, are masked.
 */
final class SupportBundle {
    private static final String LOGGERS = "io.jenkins.plugins.cloudimage";
    private static final int DEPTH = 5;

    /** Account numbers have nine digits or more. So have points in time, which are numbers in JSON and stay. */
    private static final Pattern ACCOUNT = Pattern.compile("(?<!\": ?)(?<!\" : )\\b\\d{9,}\\b");

    private final StringBuilder text = new StringBuilder();

    private SupportBundle() {}

    /** Makes the text. */
    static String of(CreationsPage.Records records, List<LogRecord> log) {
        SupportBundle bundle = new SupportBundle();
        bundle.line(Messages.SupportBundle_readFirst());
        bundle.versions();
        bundle.configuration();
        bundle.section("Records");
        bundle.line(ACCOUNT.matcher(json(records)).replaceAll("****"));
        bundle.errors(log);
        return bundle.text.toString();
    }

    private void section(String title) {
        text.append("\n== ").append(title).append("\n\n");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void field(String name, Object value) {
        line(name + ": " + value);
    }

    private void versions() {
        section("Versions");
        field("cloud-image", JenkinsClouds.pluginVersion());
        field("Jenkins", Jenkins.getVersion());
        for (String property : List.of("java.version", "java.vm.vendor", "os.name", "os.version", "os.arch")) {
            field(property, System.getProperty(property));
        }
        Jenkins.get().getPluginManager().getPlugins().stream()
                .filter(PluginWrapper::isActive)
                .sorted(Comparator.comparing(PluginWrapper::getShortName))
                .forEach(plugin -> field(plugin.getShortName(), plugin.getVersion()));
    }

    private void configuration() {
        CloudImageConfiguration configuration = CloudImageConfiguration.get();
        section("Configuration");
        field("pollSeconds", configuration.getPollSeconds());
        field("timeoutMinutes", configuration.getTimeoutMinutes());
        for (CustomEndpoint endpoint : configuration.getEndpoints()) {
            field("endpoint", endpoint.getName());
            field("  cloud", endpoint.getCloud());
            field("  url", endpoint.getUrl());
            field("  caCertificate", endpoint.getCaCertificate() != null);
        }
    }

    private static String json(CreationsPage.Records records) {
        StringWriter json = new StringWriter();
        ExportConfig pretty = new ExportConfig().withFlavor(Flavor.JSON).withPrettyPrint(true);
        try {
            new ModelBuilder()
                    .get(CreationsPage.Records.class)
                    .writeTo(
                            records,
                            new TreePruner.ByDepth(1 - DEPTH),
                            Flavor.JSON.createDataWriter(records, json, pretty));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json.toString();
    }

    private void errors(List<LogRecord> log) {
        section("Errors");
        SimpleFormatter formatter = new SimpleFormatter();
        recent(log)
                .map(formatter::format)
                .map(Redaction::clean)
                .map(entry -> ACCOUNT.matcher(entry).replaceAll("****"))
                .forEach(this::line);
    }

    private static Stream<LogRecord> recent(List<LogRecord> log) {
        return log.stream()
                .filter(entry ->
                        entry.getLoggerName() != null && entry.getLoggerName().startsWith(LOGGERS))
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue());
    }
}
