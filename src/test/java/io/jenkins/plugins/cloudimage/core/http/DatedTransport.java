package io.jenkins.plugins.cloudimage.core.http;

import io.jenkins.plugins.cloudimage.core.TestTransport;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A transport to a cloud that lives in another time: the JDK's server dates each response by the real clock. */
public final class DatedTransport {
    private DatedTransport() {}

    /** A transport that dates each response by a clock. */
    public static HttpTransport by(Clock clock) {
        return by(clock, TestTransport.direct());
    }

    /** A transport that dates each response of another one by a clock. */
    public static HttpTransport by(Clock clock, HttpTransport transport) {
        return transport.seenBy(chain -> chain.proceed(chain.request())
                .newBuilder()
                .header(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                clock.instant().atOffset(ZoneOffset.UTC)))
                .build());
    }
}
