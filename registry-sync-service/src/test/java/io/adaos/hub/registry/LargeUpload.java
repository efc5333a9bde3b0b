package io.adaos.hub.registry;

import io.adaos.hub.testing.TestKeys;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.function.Supplier;

/** A form with a large archive, sent as a stream; the usual client would hold it several times. */
public final class LargeUpload {

    private static final String HEAD = "--x\r\nContent-Disposition: form-data; name=\"archive\"; "
            + "filename=\"a.zip\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    private static final String TAIL = "\r\n--x--\r\n";

    private LargeUpload() {
    }

    /** Sends so many bytes of the stream; the answer's body is text. */
    public static HttpResponse<String> send(Supplier<InputStream> archive, long bytes)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/skills"))
                .header("Authorization", "Bearer " + TestKeys.PUSHER)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.concat(BodyPublishers.ofString(HEAD),
                        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(archive), bytes),
                        BodyPublishers.ofString(TAIL)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
