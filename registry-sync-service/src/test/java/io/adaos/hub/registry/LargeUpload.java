package io.adaos.hub.registry;

import io.adaos.hub.testing.TestKeys;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.Supplier;

/** Large bodies, sent as a stream; the usual client would hold them several times. */
public final class LargeUpload {

    /** What a body of {@link #FORM_TYPE} begins with, up to the first byte of its archive. */
    public static final String FORM_HEAD = "--x\r\nContent-Disposition: form-data; "
            + "name=\"archive\"; filename=\"a.zip\"\r\nContent-Type: application/octet-stream"
            + "\r\n\r\n";
    public static final String FORM_TYPE = "multipart/form-data; boundary=x";

    private static final String FORM_TAIL = "\r\n--x--\r\n";

    private LargeUpload() {
    }

    /** A form with so many bytes of the stream as its archive; the answer's body is text. */
    public static HttpResponse<String> send(Supplier<InputStream> archive, long bytes)
            throws IOException, InterruptedException {
        return post("skills", FORM_TYPE, BodyPublishers.concat(
                BodyPublishers.ofString(FORM_HEAD),
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(archive), bytes),
                BodyPublishers.ofString(FORM_TAIL)));
    }

    /** A body in chunks, which does not say how long it is. */
    public static HttpResponse<String> sendChunks(
            String kinds, String type, Supplier<InputStream> body)
            throws IOException, InterruptedException {
        return post(kinds, type, BodyPublishers.ofInputStream(body));
    }

    private static HttpResponse<String> post(String kinds, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/" + kinds))
                .header("Authorization", "Bearer " + TestKeys.PUSHER)
                .header("Content-Type", type)
                .POST(body)
                .build();
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }
}
