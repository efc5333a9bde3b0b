package io.adaos.hub.projection.write.upkeep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.ManifestRules;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.upkeep.UpkeepCounts;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.write.CoreWrite;
import io.adaos.hub.projection.write.ProjectionService;
import io.adaos.hub.projection.write.ProjectionWrite;
import io.adaos.hub.projection.write.WriteReceipt;
import io.adaos.hub.projection.write.ingress.RoomGate;
import io.adaos.hub.runtime.http.HubJson;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Clears what artifacts have written that were uninstalled: in every webspace, by their rules, and
 * however often this process ends meanwhile.
 */
@Singleton
class ClearingService {

    private static final Logger LOG = Logger.getLogger(ClearingService.class);
    private static final OwnerId OWNER = new OwnerId("core:uninstall");
    private static final TypeReference<Map<String, Object>> MANIFEST = new TypeReference<>() { };
    private static final int AT_ONCE = 32;

    private final PgClearingStore store;
    private final InstalledRulesService rules;
    private final UpkeepCounts counts;
    private final RoomGate gate;
    private final ProjectionService projections;

    ClearingService(PgClearingStore store, InstalledRulesService rules, RoomDirectory rooms,
            UpkeepCounts counts, ProjectionService projections) {
        this.store = store;
        this.rules = rules;
        this.counts = counts;
        this.gate = new RoomGate(rooms);
        this.projections = projections;
    }

    /** Clears some of what is due; never fails, what failed is tried again the next time. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> clearSome() {
        RuleBook book = rules.book();
        if (!book.isComplete() || !book.pending().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return store.due(AT_ONCE)
                .onItem().transformToMulti(due -> Multi.createFrom().iterable(due))
                .onItem().transformToUniAndConcatenate(this::clear)
                .collect().asList().replaceWithVoid()
                .onFailure().invoke(failure -> LOG.debugf(
                        "event=clearing_postponed cause=%s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> clear(PgClearingStore.Clearing clearing) {
        return Uni.createFrom().completionStage(() -> gate.find(clearing.webspace()))
                .chain(place -> {
                    if (place.room().isPresent()) {
                        return clear(clearing, place.room().get());
                    }
                    return place.refusal().orElseThrow().code() == HubErrorCode.WEBSPACE_UNKNOWN
                            ? store.done(clearing) : Uni.createFrom().voidItem();
                });
    }

    private Uni<Void> clear(PgClearingStore.Clearing clearing, WebspaceRoom room) {
        return Uni.createFrom().completionStage(room::state).chain(state -> {
            List<ProjectionWrite> removals =
                    new WithdrawnRules(clearing.owner(), declared(clearing))
                            .removals(state.document(), rules.book());
            return removals.isEmpty() ? store.done(clearing) : write(clearing, removals);
        });
    }

    private Uni<Void> write(
            PgClearingStore.Clearing clearing, List<ProjectionWrite> removals) {
        return projections.write(new CoreWrite(
                clearing.webspace(), OWNER, WriteCause.CORE_REBUILD, removals)).chain(receipt -> {
                    if (receipt instanceof WriteReceipt.Refused) {
                        return Uni.createFrom().voidItem();
                    }
                    counts.cleared(removals.size());
                    LOG.infof("event=rules_cleared owner=%s webspaceId=%s branches=%d",
                            clearing.owner(), clearing.webspace(), removals.size());
                    return store.done(clearing);
                });
    }

    private static DeclaredRules declared(PgClearingStore.Clearing clearing) {
        try {
            return ManifestRules.read(clearing.owner(),
                    HubJson.mapper().readValue(clearing.manifest(), MANIFEST));
        } catch (JsonProcessingException e) {
            return DeclaredRules.NONE;
        }
    }
}
