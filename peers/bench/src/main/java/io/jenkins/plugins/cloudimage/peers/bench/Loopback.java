package io.jenkins.plugins.cloudimage.peers.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * A server that answers each cloud's CreateImage and DescribeImages with ready-made bytes, and checks and keeps nothing,
 * so that the clients' own work shows. It runs in a JVM of its own, the same one for all who are compared.
 */
public final class Loopback {
    private static final String TENCENT_CREATE =
            "{\"Response\":{\"ImageId\":\"img-6pb6lrmy\",\"RequestId\":\"71e69b56-32be-4412-ab45-49eded6a87be\"}}";
    private static final String TENCENT_DESCRIBE = "{\"Response\":{\"TotalCount\":1,\"ImageSet\":[{\"ImageId\":"
            + "\"img-6pb6lrmy\",\"ImageName\":\"web-1234\",\"ImageState\":\"CREATING\",\"ImageType\":\"PRIVATE_IMAGE\","
            + "\"Architecture\":\"x86_64\",\"Platform\":\"CentOS\",\"ImageSize\":50,\"ImageCreator\":\"100000\","
            + "\"CreatedTime\":\"2026-01-02T03:04:05Z\"}],\"RequestId\":\"71e69b56-32be-4412-ab45-49eded6a87be\"}}";
    private static final String JD_CREATE =
            "{\"requestId\":\"bjaxg61rwz90y2rofk5wc7b6mk54v1cg\",\"result\":{\"imageId\":\"img-6pb6lrmy\"}}";
    private static final String JD_DESCRIBE = "{\"requestId\":\"bjaxg61rwz90y2rofk5wc7b6mk54v1cg\",\"result\":{"
            + "\"images\":[{\"imageId\":\"img-6pb6lrmy\",\"name\":\"web-1234\",\"status\":\"pending\",\"platform\":"
            + "\"CentOS\",\"architecture\":\"x86_64\",\"systemDiskSizeGB\":50,\"imageSource\":\"private\","
            + "\"createTime\":\"2026-01-02 03:04:05\"}],\"totalCount\":1}}";
    private static final String ALIBABA_CREATE =
            "{\"ImageId\":\"m-bp146shijn7hujku9t7x\",\"RequestId\":\"C8B26B44-0189-443E-9816-D951F59623A9\"}";
    private static final String ALIBABA_DESCRIBE = "{\"TotalCount\":1,\"PageNumber\":1,\"PageSize\":100,\"Images\":{"
            + "\"Image\":[{\"ImageId\":\"m-bp146shijn7hujku9t7x\",\"ImageName\":\"web-1234\",\"Status\":\"Creating\","
            + "\"Progress\":\"40%\",\"Architecture\":\"x86_64\",\"OSName\":\"CentOS\",\"Size\":50,\"ImageOwnerAlias\":"
            + "\"self\",\"CreationTime\":\"2026-01-02T03:04:05Z\"}]},"
            + "\"RequestId\":\"C8B26B44-0189-443E-9816-D951F59623A9\"}";

    private Loopback() {}

    /** Serves until its standard input ends, after printing host and port. */
    public static void main(String... arguments) throws IOException {
        // Without this the JDK's server waits for delayed ACKs, 40 ms for every answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", Loopback::handle);
        server.start();
        System.out.println("127.0.0.1:" + server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // The parent says nothing; the end of its pipe is its own end.
        }
        System.exit(0);
    }

    private static void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] answer = answer(exchange).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String answer(HttpExchange exchange) {
        String tencent = exchange.getRequestHeaders().getFirst("X-TC-Action");
        if (tencent != null) {
            return tencent.equals("CreateImage") ? TENCENT_CREATE : TENCENT_DESCRIBE;
        }
        String path = exchange.getRequestURI().getRawPath();
        if (path.startsWith("/v1/regions/")) {
            return exchange.getRequestMethod().equals("POST") ? JD_CREATE : JD_DESCRIBE;
        }
        String action = exchange.getRequestHeaders().getFirst("x-acs-action");
        boolean creates = "CreateImage".equals(action)
                || exchange.getRequestURI().getRawQuery().contains("Action=CreateImage");
        return creates ? ALIBABA_CREATE : ALIBABA_DESCRIBE;
    }
}
