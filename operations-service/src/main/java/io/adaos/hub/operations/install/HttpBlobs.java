package io.adaos.hub.operations.install;

import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads blobs of the registry as a stream that is only as fast as its reader; the REST client would
 * gather what a slow disk has not taken yet.
 */
@Singleton
final class HttpBlobs {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int IDLE_SECONDS = 15;

    private final HttpClient client;
    private final String registryUrl;

    HttpBlobs(Vertx vertx,
            @ConfigProperty(name = "quarkus.rest-client.registry.url") String registryUrl) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS));
        this.registryUrl = registryUrl.replaceAll("/+$", "");
    }

    /** The bytes; fails with {@link StatusException} when the answer is not 200. */
    Multi<Buffer> read(String digest, String bearer) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(registryUrl + "/v1/blobs/" + digest)
                .putHeader("Authorization", bearer);
        return client.request(request)
                .chain(open -> open.send())
                .invoke(HttpClientResponse::pause)
                .onItem().transformToMulti(HttpBlobs::body);
    }

    private static Multi<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            response.resume();
            return Multi.createFrom().failure(new StatusException(response.statusCode()));
        }
        return response.toMulti();
    }

    /** The registry answered with another status than 200. */
    static final class StatusException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        StatusException(int status) {
            super("HTTP " + status);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
