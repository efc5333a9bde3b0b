package io.adaos.hub.operations.platform;

import io.adaos.hub.operations.execution.OperationRunner;
import io.adaos.hub.runtime.http.HealthDetail;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/** Starts the runner with the process, hands its work over at the end, and shows it. */
@Singleton
final class RunnerService implements HealthDetail {

    private final OperationRunner runner;

    RunnerService(OperationRunner runner) {
        this.runner = runner;
    }

    void onStart(@Observes StartupEvent event) {
        runner.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        runner.stop();
    }

    @Override
    public String name() {
        return "runner";
    }

    @Override
    public Uni<Object> read() {
        return Uni.createFrom().item(Map.of(
                "running", runner.runningCount(), "stuck", runner.stuckCount()));
    }
}
