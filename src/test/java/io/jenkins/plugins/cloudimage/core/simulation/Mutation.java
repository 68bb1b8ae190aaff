package io.jenkins.plugins.cloudimage.core.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * An engine with one mistake: a text in the source of a class is replaced by another, and what the compiler makes of it
 * runs in class loader of its own, with a copy of the simulation.
 *
 * @param seed a world that noticed it, which is tried first
 * @param name what is wrong with the engine
 * @param file the class, below the core's package
 * @param right what its source says
 * @param wrong what it says with the mistake
 */
record Mutation(long seed, String name, String file, String right, String wrong) {
    private static final String CORE = "io.jenkins.plugins.cloudimage.core.";
    private static final Path SOURCES = Path.of("src/main/java/io/jenkins/plugins/cloudimage/core");

    @Override
    public String toString() {
        return name;
    }

    /** Lets worlds run until one of them notices, and returns which one, or -1. */
    long caughtBy(long worlds) throws ReflectiveOperationException {
        return (Long) run("firstViolation", new Class<?>[] {long.class, long.class}, seed, worlds);
    }

    /** Lets worlds run until a promise is broken although work may be left undone, and returns what happened, or null. */
    String brokenPromise(long worlds, List<String> left) throws ReflectiveOperationException {
        return (String) run("brokenPromise", new Class<?>[] {long.class, List.class}, worlds, left);
    }

    private Object run(String method, Class<?>[] types, Object... arguments) throws ReflectiveOperationException {
        Class<?> simulation = Class.forName(Mutants.class.getName(), true, new Loader(compile()));
        try {
            return simulation.getMethod(method, types).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            // What the mistake makes the engine throw at the world is noticed too.
            throw new IllegalStateException(name, e.getCause());
        }
    }

    private Map<String, byte[]> compile() {
        try {
            String source = Files.readString(SOURCES.resolve(file + ".java"));
            if (!source.contains(right)) {
                throw new IllegalStateException(file + " does not say any more: " + right);
            }
            return compiled(source.replace(right, wrong));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, byte[]> compiled(String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Map<String, byte[]> classes = new TreeMap<>();
        JavaFileObject input =
                new SimpleJavaFileObject(URI.create("memory:///" + file + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        try (JavaFileManager files = new InMemory(compiler.getStandardFileManager(problems, null, null), classes)) {
            boolean done = compiler.getTask(null, files, problems, List.of("-proc:none"), null, List.of(input))
                    .call();
            if (!done) {
                throw new IllegalStateException(name + ": "
                        + problems.getDiagnostics().stream()
                                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                                .toList());
            }
        }
        return classes;
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, byte[]> classes;

        InMemory(JavaFileManager files, Map<String, byte[]> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(name, toByteArray());
                        }
                    };
                }
            };
        }
    }

    /** Has a core of its own, of which some classes are other ones. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(Mutation.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(CORE)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                try (var stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    if (stream == null) {
                        throw new ClassNotFoundException(name);
                    }
                    bytes = stream.readAllBytes();
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
