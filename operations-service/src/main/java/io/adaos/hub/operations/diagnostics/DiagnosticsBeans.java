package io.adaos.hub.operations.diagnostics;

import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.runtime.security.ServiceCredential;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the kind {@code diagnostics.run}. */
final class DiagnosticsBeans {

    private final DiagnosticsConfig config;
    private final String version;

    DiagnosticsBeans(DiagnosticsConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.config = config;
        this.version = version;
    }

    @Produces
    @Singleton
    HttpServiceReports.Services services(
            @ConfigProperty(name = "quarkus.rest-client.registry.url") String registry,
            @ConfigProperty(name = "hub.marketplace.url",
                    defaultValue = "http://127.0.0.1:8082") String marketplace,
            @ConfigProperty(name = "hub.operations.url",
                    defaultValue = "http://127.0.0.1:8083") String operations,
            @ConfigProperty(name = "quarkus.rest-client.projection.url") String projection) {
        return new HttpServiceReports.Services(registry, marketplace, operations, projection);
    }

    @Produces
    @Singleton
    OperationHandler diagnostics(Vertx vertx, ServiceCredential credential, PgBundleStore bundles,
            HttpServiceReports.Services services) {
        return new DiagnosticsHandler(new HttpServiceReports(vertx, credential, services),
                new LogTails(config.logsDir()), bundles,
                new DiagnosticsHandler.About(version, Clock.systemUTC(), config.keep()));
    }
}
