package io.adaos.hub.operations.diagnostics;

import io.adaos.hub.runtime.security.ServiceCredential;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks the services over HTTP with this service's own credential. */
final class HttpServiceReports implements ServiceReports {

    /** Bytes of one answer. */
    static final int ANSWER_BYTES_MAX = 512 * 1024;
    private static final int CONNECT_MILLIS = 1_000;
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(3);
    private static final Duration ALL_WAIT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final ServiceCredential credential;
    private final Services services;

    HttpServiceReports(Vertx vertx, ServiceCredential credential, Services services) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
        this.credential = credential;
        this.services = services;
    }

    /** Where the services are, without a slash at the end. */
    record Services(
            String registry, String marketplace, String operations, String projection) {
    }

    /** One question. */
    private record Question(String part, String url) {
    }

    @Override
    public List<BundlePart> read() {
        List<Uni<BundlePart>> answers = new ArrayList<>();
        for (Question question : questions()) {
            answers.add(ask(question));
        }
        return Uni.join().all(answers).andFailFast().await().atMost(ALL_WAIT);
    }

    private List<Question> questions() {
        return List.of(
                new Question("health/registry-sync-service.json",
                        services.registry() + "/v1/health"),
                new Question("health/marketplace-service.json",
                        services.marketplace() + "/v1/health"),
                new Question("health/operations-service.json",
                        services.operations() + "/v1/health"),
                new Question("health/projection-service.json",
                        services.projection() + "/v1/health"),
                new Question("status/desktop.json",
                        services.projection() + "/v1/webspaces/desktop/status"),
                new Question("status/cards.json",
                        services.projection() + "/v1/status/cards"));
    }

    private Uni<BundlePart> ask(Question question) {
        return Uni.createFrom().deferred(() -> client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(question.url())
                        .putHeader("Authorization", credential.bearer())))
                .chain(open -> open.send())
                .invoke(HttpClientResponse::pause)
                .chain(response -> body(response).map(text -> response.statusCode() == 200
                        ? BundlePart.ofJson(question.part(), text)
                        : BundlePart.missing(question.part(), "HTTP " + response.statusCode())))
                .ifNoItem().after(ANSWER_WAIT).fail()
                .onFailure().recoverWithItem(
                        failure -> BundlePart.missing(question.part(), "no answer: " + failure));
    }

    private static Uni<String> body(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        return response.toMulti()
                .invoke(part -> {
                    if (body.length() + part.length() > ANSWER_BYTES_MAX) {
                        throw new IllegalStateException(
                                "the answer has more than " + ANSWER_BYTES_MAX + " bytes");
                    }
                    body.appendBuffer(part);
                })
                .onItem().ignoreAsUni()
                .map(done -> body.toString());
    }
}
