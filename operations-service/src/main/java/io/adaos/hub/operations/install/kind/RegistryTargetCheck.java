package io.adaos.hub.operations.install.kind;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.operations.install.RegistryClient;
import io.adaos.hub.operations.lifecycle.TargetCheck;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the registry whether an artifact exists, once for all who ask at the same time. */
final class RegistryTargetCheck implements TargetCheck {

    private final ArtifactKind kind;
    private final RegistryClient registry;
    private final Duration wait;
    private final Map<String, CompletableFuture<Presence>> asked = new ConcurrentHashMap<>();

    /** @param wait after so long without an answer the operation is accepted unchecked */
    RegistryTargetCheck(ArtifactKind kind, RegistryClient registry, Duration wait) {
        this.kind = kind;
        this.registry = registry;
        this.wait = wait;
    }

    @Override
    public Uni<Presence> presence(OperationCommand command) {
        // whoever stops waiting must not break off the question of the others
        CompletableFuture<Presence> answer = ask(command);
        return Uni.createFrom().completionStage(answer::copy)
                .ifNoItem().after(wait).recoverWithItem(Presence.NOT_ASKED);
    }

    private CompletableFuture<Presence> ask(OperationCommand command) {
        String question = command.target().id() + ' ' + command.version();
        CompletableFuture<Presence> mine = new CompletableFuture<>();
        CompletableFuture<Presence> other = asked.putIfAbsent(question, mine);
        if (other != null) {
            return other;
        }
        mine.whenComplete((presence, failure) -> asked.remove(question, mine));
        registry.find(kind, command.target().id(), Optional.ofNullable(command.version()))
                .subscribe().with(
                        found -> mine.complete(
                                found.isPresent() ? Presence.KNOWN : Presence.UNKNOWN),
                        failure -> mine.complete(Presence.NOT_ASKED));
        return mine;
    }
}
