package io.jenkins.plugins.cloudimage.core.canary;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Records all loggers of the JVM at their lowest level. */
public final class EveryLog extends Handler implements AutoCloseable {
    /** The fake clouds' server and the tests' browser are not part of the plugin, and log what is sent through them. */
    private static final List<String> OTHERS =
            List.of("com.sun.net.httpserver", "org.htmlunit", "org.apache.http", "org.eclipse.jetty");

    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final StringBuffer text = new StringBuffer();
    private final SimpleFormatter formatter = new SimpleFormatter();

    public EveryLog() {
        setLevel(Level.ALL);
        root.setLevel(Level.ALL);
        root.addHandler(this);
    }

    @Override
    public void publish(LogRecord message) {
        String name = String.valueOf(message.getLoggerName());
        if (OTHERS.stream().noneMatch(name::startsWith)) {
            text.append(formatter.format(message));
        }
    }

    /** All messages so far, with stack traces. */
    public String text() {
        return text.toString();
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        root.removeHandler(this);
        root.setLevel(before);
    }
}
