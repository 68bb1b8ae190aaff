package io.jenkins.plugins.cloudimage;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import jenkins.model.Jenkins;

/** Every file below the home of a Jenkins. */
public final class HomeFiles {
    private HomeFiles() {}

    /** Looks at a file. */
    public interface Look {
        /**
         * @param text its bytes as characters of ISO 8859-1
         */
        void at(Path file, String text);
    }

    /** Fails if a file holds one of the texts. */
    public static void assertNoneContains(Jenkins jenkins, String... secrets) throws IOException {
        visit(jenkins, (file, text) -> {
            for (String secret : secrets) {
                assertFalse(text.contains(secret), file + " contains " + secret);
            }
        });
    }

    /** Looks at each file. One that Jenkins renames or removes meanwhile is left out. */
    public static void visit(Jenkins jenkins, Look look) throws IOException {
        Files.walkFileTree(jenkins.getRootDir().toPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String text;
                try {
                    text = Files.readString(file, StandardCharsets.ISO_8859_1);
                } catch (NoSuchFileException e) {
                    return FileVisitResult.CONTINUE;
                }
                look.at(file, text);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
