package io.adaos.hub.projection.write.upkeep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.ManifestRules;
import io.adaos.hub.projection.governance.evidence.WriteCause;
import io.adaos.hub.projection.room.RoomDirectory;
import io.adaos.hub.projection.room.WebspaceRoom;
import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.mailbox.RoomWrite;
import io.adaos.hub.projection.room.mailbox.WriteOutcome;
import io.adaos.hub.projection.room.upkeep.UpkeepCounts;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.follow.InstalledRulesService;
import io.adaos.hub.projection.write.ingress.RoomGate;
import io.adaos.hub.runtime.http.HubJson;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Clears what artifacts have written that were uninstalled: in every webspace, by their rules, and
 * however often this process ends meanwhile.
 */
@Singleton
final class ClearingService {

    private static final Logger LOG = Logger.getLogger(ClearingService.class);
    private static final String OWNER = "core:uninstall";
    private static final TypeReference<Map<String, Object>> MANIFEST = new TypeReference<>() { };
    private static final long EVERY_MILLIS = 1_000;
    private static final int AT_ONCE = 32;

    private final PgClearingStore store;
    private final InstalledRulesService rules;
    private final UpkeepCounts counts;
    private final RoomGate gate;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> {
                Thread made = new Thread(task, "clearing");
                made.setDaemon(true);
                return made;
            });

    ClearingService(PgClearingStore store, InstalledRulesService rules, RoomDirectory rooms,
            UpkeepCounts counts) {
        this.store = store;
        this.rules = rules;
        this.counts = counts;
        this.gate = new RoomGate(rooms);
    }

    void start(@Observes StartupEvent event) {
        timer.scheduleWithFixedDelay(
                this::clearSome, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdown();
    }

    /** The edge of the thread; what fails is tried again next time. */
    private void clearSome() {
        RuleBook book = rules.book();
        if (!book.isComplete() || !book.pending().isEmpty()
                || !underWay.compareAndSet(false, true)) {
            return;
        }
        store.due(AT_ONCE)
                .onItem().transformToMulti(due -> Multi.createFrom().iterable(due))
                .onItem().transformToUniAndConcatenate(this::clear)
                .collect().asList()
                .subscribe().with(done -> underWay.set(false), failure -> {
                    underWay.set(false);
                    LOG.debugf("event=clearing_postponed cause=%s", failure.getMessage());
                });
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
            List<BranchWrite> removals = new WithdrawnRules(clearing.owner(), declared(clearing))
                    .removals(state.document(), rules.book());
            return removals.isEmpty() ? store.done(clearing) : write(clearing, room, removals);
        });
    }

    private Uni<Void> write(PgClearingStore.Clearing clearing, WebspaceRoom room,
            List<BranchWrite> removals) {
        RoomWrite write = new RoomWrite(OWNER, WriteCause.CORE_REBUILD.wire(), removals, 0);
        return Uni.createFrom().completionStage(() -> gate.write(room, write)).chain(outcome -> {
            if (outcome instanceof WriteOutcome.Refused) {
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
