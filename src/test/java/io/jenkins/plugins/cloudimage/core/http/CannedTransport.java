package io.jenkins.plugins.cloudimage.core.http;

import io.jenkins.plugins.cloudimage.simulator.Answer;
import java.util.function.Function;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** A transport without a network: it answers at once, thousands of times a second. */
public final class CannedTransport {
    private CannedTransport() {}

    /** A transport that asks for each answer. */
    public static HttpTransport answering(Function<Request, Answer> answers) {
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(chain -> response(chain.request(), answers.apply(chain.request())))
                .build();
        return new HttpTransport(client, "cloud-image-test", null);
    }

    private static Response response(Request request, Answer answer) {
        Headers.Builder headers = new Headers.Builder();
        answer.headers().forEach(headers::addUnsafeNonAscii);
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(answer.status())
                .message("")
                .headers(headers.build())
                .body(ResponseBody.create(answer.body(), MediaType.parse("application/json")))
                .build();
    }
}
