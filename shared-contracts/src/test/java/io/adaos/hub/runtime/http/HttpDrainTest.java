package io.adaos.hub.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpDrainTest {

    private static final int SLOW_MILLIS = 400;

    private final Vertx vertx = Vertx.vertx();
    private final HttpDrain drain = new HttpDrain();
    private final CountDownLatch begun = new CountDownLatch(1);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void requestUnderWay_isAnswered_andANewOneRefused() throws Exception {
        // Given
        int port = serve();
        CompletableFuture<HttpResponse<String>> slow = get(port);
        assertTrue(begun.await(30, TimeUnit.SECONDS));

        // When
        drain.drain();
        HttpResponse<String> late = get(port).get(30, TimeUnit.SECONDS);

        // Then
        assertEquals(200, slow.get(30, TimeUnit.SECONDS).statusCode());
        assertEquals(503, late.statusCode());
        assertTrue(late.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    void idleService_endsAtOnce() {
        // Given
        long before = System.nanoTime();

        // When
        drain.drain();

        // Then
        assertTrue(System.nanoTime() - before < TimeUnit.MILLISECONDS.toNanos(1_500));
    }

    private int serve() throws Exception {
        Router router = Router.router(vertx);
        router.route().handler(drain::admit);
        router.route().handler(context -> {
            begun.countDown();
            vertx.setTimer(SLOW_MILLIS, fired -> context.response().end("done"));
        });
        HttpServer server = vertx.createHttpServer().requestHandler(router)
                .listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        return server.actualPort();
    }

    private static CompletableFuture<HttpResponse<String>> get(int port) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
