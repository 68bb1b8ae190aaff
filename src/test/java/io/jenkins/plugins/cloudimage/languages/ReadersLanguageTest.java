package io.jenkins.plugins.cloudimage.languages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiErrors;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.localizer.LocaleProvider;

/** The core speaks the language of whoever reads it: of the browser in a form, of the controller in a log. */
class ReadersLanguageTest {
    private final LocaleProvider before = LocaleProvider.getProvider();

    @AfterEach
    void restore() {
        LocaleProvider.setProvider(before);
    }

    @Test
    void rulesAreToldInTheReadersLanguage() {
        assertEquals(List.of("imageName has 1234 characters; the cloud takes 1 to 60"), problems(Locale.ENGLISH));
        assertEquals(List.of("imageName 有 1234 个字符；云平台允许 1 到 60 个"), problems(Locale.SIMPLIFIED_CHINESE));
        assertEquals(List.of("imageName has 1234 characters; the cloud takes 1 to 60"), problems(Locale.FRENCH));
    }

    @Test
    void adviceIsGivenInTheLanguageOfTheMomentThoughTablesAreMadeOnce() {
        ErrorTable table = EcsApiErrors.table();

        assertEquals("请为账号充值。", advice(table, Locale.SIMPLIFIED_CHINESE));
        assertEquals("Add credit to the account.", advice(table, Locale.ENGLISH));
    }

    private static List<String> problems(Locale reader) {
        speak(reader);
        return new Rules()
                .length("imageName", "x".repeat(1234), 1, 60).problems().stream()
                        .map(Problem::message)
                        .toList();
    }

    private static String advice(ErrorTable table, Locale reader) {
        speak(reader);
        return table.meaning("InvalidAccountStatus.NotEnoughBalance")
                .orElseThrow()
                .advice();
    }

    private static void speak(Locale reader) {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return reader;
            }
        });
    }
}
