package io.jenkins.plugins.cloudimage.core.fuzz;

import java.util.List;

/** Texts that often break programs. */
public final class EdgeCaseTexts {
    /** The texts, beginning with harmless ones, to which QuickTheories shrinks. */
    private static final List<String> TEXTS = List.of(
            "",
            "web-1",
            "a",
            "0",
            "-1",
            " ",
            "null",
            "true",
            "镜像-夜间",
            "Ünïcödé",
            "web 1",
            "web\n1",
            "web\r\nX-Injected: 1",
            "\t",
            "\u0000",
            "\u001b[31mred",
            "..",
            "../../../etc/passwd",
            "..%2f..%2f",
            "/v1/x?y=z#w",
            "\\\\host\\share",
            "a:b@c",
            "https://example.com/",
            "http://169.254.169.254/latest",
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "'; rm -rf ~ #",
            "$(id)`id`${id}",
            "${jndi:ldap://example.com/a}",
            "%s%n%x",
            "a&b=c;d",
            "a,b",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00x",
            "\u202egnp.exe",
            "\ufeff",
            "\u0130",
            "99999999999999999999",
            "1e400",
            "NaN",
            "2026-01-02T03:04:05Z",
            "+999999999-12-31T23:59:59.999999999-18:00",
            "-999999999-01-01T00:00:00+18:00",
            "ins-6pb6lrmy",
            "snap-1",
            "ap-guangzhou",
            "aliyun",
            "acs:x",
            "/dev/xvda",
            "vda",
            "system",
            "ssd",
            "prepaid_by_duration");

    private EdgeCaseTexts() {}

    /** One of them, alone, repeated, or after another one. */
    public static String draw(RandomSource random) {
        String text = random.of(TEXTS);
        return switch (random.below(8)) {
            case 5 -> text + random.of(TEXTS);
            case 6 -> text.repeat(1 + random.below(400));
            case 7 -> text + (char) random.below(0x10000);
            default -> text;
        };
    }
}
