package io.jenkins.plugins.cloudimage.languages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No sentence for people stands in the code, where nobody could translate it. What only programmers and the system log
 * see stays English.
 */
class LiteralsTest {
    /** A comment, a character or a text. */
    private static final Pattern TOKEN =
            Pattern.compile("//[^\\n]*|/\\*.*?\\*/|'(?:[^'\\\\]|\\\\.)+'|\"(?:[^\"\\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

    private static final Pattern SENTENCE = Pattern.compile("\\p{L}+ \\p{Ll}+ \\p{Ll}+");
    private static final Pattern NOT_FOR_USERS = Pattern.compile(
            "LOGGER\\.|new (?:IllegalState|IllegalArgument|UncheckedIO|IO|Assertion)(?:Exception|Error)\\(|@Suppress"
                    // What clouds say, and the names of threads.
                    + "|\\.contains\\(|Pattern\\.compile\\(|super\\(\"");

    @Test
    void noSentenceForPeopleStandsInTheCode() {
        List<String> found = new ArrayList<>();
        for (Path source : Sources.files(Sources.JAVA, "\\w+\\.java")) {
            sentences(Sources.text(source)).forEach(sentence -> found.add(source.getFileName() + ": " + sentence));
        }

        assertEquals(List.of(), found);
    }

    @Test
    void sentencesAreFoundInCodeOnly() {
        assertEquals(
                List.of("The build has ended"),
                sentences("// a \"sentence in a comment\"\n/** And \"one in here\" too. */\n"
                        + "a(\"key\"); b(c ? \"The build has ended\" : x); char quote = '\"'; d(\"two words\");"));
        assertEquals(List.of(), sentences("LOGGER.log(FINE, \"This is for; nobody else\" + e);"));
        assertEquals(List.of(), sentences("if (a) { throw new IllegalStateException(\"This cannot be\"); }"));
    }

    /** Texts are taken out before the code is cut into statements, for they may hold semicolons. */
    private static List<String> sentences(String code) {
        List<String> texts = new ArrayList<>();
        String bare = TOKEN.matcher(code).replaceAll(token -> {
            if (!token.group().startsWith("\"")) {
                return " ";
            }
            texts.add(token.group().substring(1, token.group().length() - 1));
            return "\"" + (texts.size() - 1) + "\"";
        });
        List<String> sentences = new ArrayList<>();
        for (String statement : bare.split("[;{}]")) {
            Matcher text = Pattern.compile("\"(\\d+)\"").matcher(statement);
            while (text.find() && !NOT_FOR_USERS.matcher(statement).find()) {
                String value = texts.get(Integer.parseInt(text.group(1)));
                if (SENTENCE.matcher(value).find()) {
                    sentences.add(value);
                }
            }
        }
        return sentences;
    }
}
