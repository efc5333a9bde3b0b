package io.adaos.hub.operations.diagnostics;

import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.TargetCheck;
import io.adaos.hub.operations.lifecycle.machine.ParamRules;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers status, versions and the ends of the logs of the hub into one file: {@code
 * diagnostics.run} on the target {@code hub:hub}. A run changes nothing before it ends, so one that
 * was broken off is repeated whole.
 */
final class DiagnosticsHandler implements OperationHandler {

    private static final String HUB = "hub";
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final ServiceReports services;
    private final LogTails logs;
    private final BundleStore bundles;
    private final About about;
    private final KindRules rules = new KindRules(new OperationKind("diagnostics.run"), HUB,
            ParamRules.NONE, DEADLINE,
            command -> Uni.createFrom().item(HUB.equals(command.target().id())
                    ? TargetCheck.Presence.KNOWN : TargetCheck.Presence.UNKNOWN),
            OperationProgress.Step.plan(DiagnosticsSteps.values()));

    /** Of this service, and how long its bundles live. */
    record About(String version, Clock clock, Duration keep) {
    }

    DiagnosticsHandler(
            ServiceReports services, LogTails logs, BundleStore bundles, About about) {
        this.services = services;
        this.logs = logs;
        this.bundles = bundles;
        this.about = about;
    }

    @Override
    public KindRules rules() {
        return rules;
    }

    @Override
    public void prepare() {
        // nothing is left by a run that was broken off
    }

    @Override
    public void run(OperationProgress progress) {
        step(progress, DiagnosticsSteps.ASK, "Asking the services");
        List<BundlePart> parts = new ArrayList<>(services.read());
        step(progress, DiagnosticsSteps.LOGS, "Reading the logs");
        parts.addAll(logs.read());
        step(progress, DiagnosticsSteps.PACK, "Packing");
        StoredOperation operation = progress.operation();
        Instant now = about.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        BundleWriter.Bundle bundle = BundleWriter.write(head(operation, now), parts);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("bundle", "/v1/operations/" + operation.state().operationId() + "/bundle");
        result.put("bytes", bundle.bytes().length);
        result.put("expires_at", now.plus(about.keep()).toString());
        result.put("parts", bundle.present());
        result.put("missing", bundle.missing());
        progress.succeed("Gathered " + bundle.present().size() + " parts"
                + (bundle.missing().isEmpty() ? "" : ", " + bundle.missing().size() + " missing"),
                result, bundles.keeping(operation.state().operationId(), bundle.bytes()));
    }

    @Override
    public void takeBack(StoredOperation operation) {
        // a run writes nothing but with its success
    }

    private Map<String, Object> head(StoredOperation operation, Instant now) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("operation_id", operation.state().operationId().value());
        head.put("made_at", now.toString());
        head.put("operations_service_version", about.version());
        head.put("java_version", System.getProperty("java.version"));
        head.put("os", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        head.put("processors", Runtime.getRuntime().availableProcessors());
        return head;
    }

    private static void step(OperationProgress progress, DiagnosticsSteps step, String message) {
        progress.step(step, step.percent(), message);
    }
}
