package io.adaos.hub.sdk.wire;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Requests to the hub, on threads of the client: at most 32 at a time, further ones wait in their
 * order. Answers are read up to 64 KiB.
 */
public final class HubHttp {

    private static final int AT_ONCE_MAX = 32;
    private static final int ANSWER_BYTES_MAX = 64 << 10;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    /** Over the time the hub itself was asked to wait. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final URI hub;
    private final Supplier<String> token;
    private final HttpClient http;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    public HubHttp(URI hub, Supplier<String> token, ClientThreads threads) {
        this.hub = hub;
        this.token = token;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN).executor(threads.pool()).build();
    }

    HttpClient client() {
        return http;
    }

    /**
     * Sends JSON and gives what was answered; fails with whatever kept the answer away.
     *
     * @param wait how long the hub may take by its own word
     */
    public CompletableFuture<HubReply> send(
            String method, String path, byte[] json, Duration wait) {
        CompletableFuture<HubReply> answer = new CompletableFuture<>();
        Runnable work = () -> exchange(method, path, json, wait).whenComplete((reply, late) -> {
            next();
            if (late == null) {
                answer.complete(reply);
            } else {
                answer.completeExceptionally(late);
            }
        });
        synchronized (waiting) {
            if (underWay == AT_ONCE_MAX) {
                waiting.add(work);
                return answer;
            }
            underWay++;
        }
        work.run();
        return answer;
    }

    private void next() {
        Runnable work;
        synchronized (waiting) {
            work = waiting.poll();
            if (work == null) {
                underWay--;
                return;
            }
        }
        work.run();
    }

    private CompletableFuture<HubReply> exchange(
            String method, String path, byte[] json, Duration wait) {
        CompletableFuture<HttpResponse<byte[]>> response;
        try {
            HttpRequest request = HttpRequest.newBuilder(address(path))
                    .timeout(wait.plus(GRACE))
                    .header("Authorization", "Bearer " + token.get())
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, application/problem+json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(json)).build();
            response = http.sendAsync(request, head -> new BoundedBody());
        } catch (RuntimeException e) {
            // A token or header that cannot be sent, or a client that was shut down.
            return CompletableFuture.failedFuture(e);
        }
        // The time of the request ends with the head of its answer; this one covers the body.
        return response.orTimeout(wait.plus(GRACE).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(HubHttp::reply);
    }

    private URI address(String path) {
        return URI.create(hub.toString().replaceFirst("/+$", "") + path);
    }

    private static HubReply reply(HttpResponse<byte[]> response) {
        boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return HubReply.of(response.statusCode(),
                isJson ? CanonicalJson.read(response.body()) : MissingNode.getInstance(),
                response.headers().firstValue("Retry-After"));
    }

    /** Collects a body as long as it is of the size of an answer. */
    private static final class BoundedBody implements BodySubscriber<byte[]> {

        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteBuffer bytes = ByteBuffer.allocate(ANSWER_BYTES_MAX);
        /** Null until the body begins. */
        private Flow.Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (buffer.remaining() > bytes.remaining()) {
                    subscription.cancel();
                    body.completeExceptionally(new IOException(
                            "the answer has more than " + ANSWER_BYTES_MAX + " bytes"));
                    return;
                }
                bytes.put(buffer);
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            byte[] read = new byte[bytes.position()];
            bytes.flip().get(read);
            body.complete(read);
        }
    }
}
