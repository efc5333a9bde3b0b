package io.adaos.hub.projection.rules.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.id.WebspaceId;
import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.contracts.operation.InstalledChanged;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.ManifestRules;
import io.adaos.hub.projection.rules.RuleBook;
import io.adaos.hub.projection.rules.RuleLayer;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.runtime.outbox.FollowState;
import io.adaos.hub.runtime.outbox.SequencedReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Holds the newest rules of all that is installed: follows operations-service, reads manifests, and
 * replaces one artifact's layer at a time.
 */
@ApplicationScoped
public class InstalledRulesService {
    /*
     * Notes on order.
     *
     * One thread owns everything but the book that is published last. A change of what is installed
     * is first aligned with the store, which gives every artifact its position for good; then
     * manifests are read, some at a time, from the store or the registry. While a newer version is
     * read the older one counts, and a layer whose artifact has left is gone at once. What comes
     * back for a content that is not wanted any more is thrown away.
     *
     * The book is complete when everything of the first list was read or is known to be absent, and
     * stays complete. Scenarios are read anew all the time, as another process may have switched.
     */

    private static final Logger LOG = Logger.getLogger(InstalledRulesService.class);
    private static final String INSTALLED = "io.adaos.hub.operation.installed.v1";
    private static final TypeReference<Map<String, Object>> MANIFEST = new TypeReference<>() { };
    private static final long TICK_MILLIS = 100;
    private static final long SCENARIOS_MILLIS = 2_000;

    private final HttpRuleSources sources;
    private final PgRuleStore store;
    private final NatsRulesPublisher publisher;
    private final SequencedReader<List<InstalledArtifact>> reader;
    private final List<RuleWatcher> watchers = new CopyOnWriteArrayList<>();
    private final long bornNanos = System.nanoTime();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> {
                Thread made = new Thread(task, "rules");
                made.setDaemon(true);
                return made;
            });

    private volatile RuleBook book = RuleBook.unread(List.of());

    // only on the thread above
    private final RuleFetches fetches = new RuleFetches();
    private Optional<InstalledArtifacts> installed = Optional.empty();
    private Map<ArtifactRef, Long> positions = Map.of();
    private boolean aligning;
    private boolean readingScenarios;
    private long scenarioReads;
    private long scenariosTaken;
    private long scenariosAt;
    private long alignNotBefore;

    InstalledRulesService(
            HttpRuleSources sources, PgRuleStore store, NatsRulesPublisher publisher) {
        this.sources = sources;
        this.store = store;
        this.publisher = publisher;
        this.reader = new SequencedReader<>("rules", sources::installed, new Sink());
    }

    void onStart(@Observes StartupEvent event) {
        reader.start();
        thread.scheduleWithFixedDelay(
                () -> guarded(this::tick), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void onStop(@Observes ShutdownEvent event) {
        reader.close();
        thread.shutdownNow();
    }

    /** The rules of this moment. */
    public RuleBook book() {
        return book;
    }

    /** From now on this watcher hears of changes. */
    public void watch(RuleWatcher watcher) {
        watchers.add(watcher);
    }

    /** How current the list of what is installed is. */
    public FollowState state() {
        return reader.state();
    }

    /** Takes a fact of operations-service. */
    public void onEvent(EventEnvelope<JsonNode> event) {
        reader.onEvent(event);
    }

    /** Takes a head of operations-service. */
    public void onHead(ServiceHead head) {
        reader.onHead(head);
    }

    /**
     * Makes a scenario the active one of a webspace, for good and in one step.
     *
     * @return false when there is no such webspace; fails when the store is away
     */
    Uni<Boolean> activate(WebspaceId webspace, ArtifactRef scenario, String by) {
        return store.activate(webspace, scenario, by).call(known -> known
                ? Uni.createFrom().emitter(read -> thread.execute(() -> guarded(() -> {
                    long number = ++scenarioReads;
                    onThread(store.scenarios(), scenarios -> {
                        take(number, scenarios);
                        read.complete(null);
                    }, read::fail);
                }))) : Uni.createFrom().nullItem());
    }

    /** Hands what was read to the thread; decodes before, so that what is no record is listed. */
    private final class Sink implements SequencedReader.Sink<List<InstalledArtifact>> {

        @Override
        public void replace(List<InstalledArtifact> listed) {
            InstalledArtifacts now = InstalledArtifacts.of(listed);
            thread.execute(() -> guarded(() -> changeTo(now)));
        }

        @Override
        public void apply(EventEnvelope<JsonNode> event) {
            if (INSTALLED.equals(event.type())) {
                InstalledChanged fact = EventCodec.data(event, InstalledChanged.class);
                thread.execute(() -> guarded(() ->
                        changeTo(installed.orElse(InstalledArtifacts.NONE).with(fact))));
            }
        }
    }

    private void changeTo(InstalledArtifacts now) {
        installed = Optional.of(now);
        Set<ArtifactRef> wanted = now.wanted().keySet();
        fetches.retain(wanted);
        publish(book.retaining(wanted));
        tick();
    }

    private void tick() {
        long now = nowMillis();
        if (!readingScenarios && now >= scenariosAt) {
            readScenarios();
        }
        if (installed.isEmpty()) {
            return;
        }
        Map<ArtifactRef, InstalledArtifact> wanted = installed.get().wanted();
        if (wanted.keySet().equals(positions.keySet())) {
            fetches.start(wanted, now).forEach(ref -> fetch(ref, wanted.get(ref)));
        } else {
            align(wanted);
        }
        settle(wanted);
    }

    /** Nothing is missing any more, or it is known what is. */
    private void settle(Map<ArtifactRef, InstalledArtifact> wanted) {
        Set<ArtifactRef> open = fetches.open(wanted);
        RuleBook next = book.waitingFor(open);
        boolean aligned = positions.keySet().equals(wanted.keySet());
        if (!next.isComplete() && open.isEmpty() && aligned && scenariosTaken > 0) {
            LOG.infof("event=rules_restored layers=%d", next.layers().size());
            next = next.completed();
        }
        publish(next);
    }

    private void align(Map<ArtifactRef, InstalledArtifact> wanted) {
        if (aligning || nowMillis() < alignNotBefore) {
            return;
        }
        aligning = true;
        onThread(store.align(wanted.keySet()), now -> {
            aligning = false;
            positions = now;
            tick();
        }, failure -> {
            aligning = false;
            alignNotBefore = nowMillis() + SCENARIOS_MILLIS;
            LOG.warnf("event=rules_not_registered cause=%s", failure.getMessage());
        });
    }

    private void fetch(ArtifactRef ref, InstalledArtifact artifact) {
        Uni<Optional<String>> manifest = store.manifest(artifact).chain(kept -> kept.isPresent()
                ? Uni.createFrom().item(kept)
                : sources.manifest(artifact).call(read -> read.isPresent()
                        ? store.keep(artifact, read.get()) : Uni.createFrom().voidItem()));
        onThread(manifest, read -> taken(ref, artifact, read), failure -> {
            if (fetches.failed(ref, nowMillis())) {
                LOG.warnf("event=manifest_not_read owner=%s version=%s cause=%s",
                        ref, artifact.version(), failure.getMessage());
            }
        });
    }

    private void taken(ArtifactRef ref, InstalledArtifact artifact, Optional<String> manifest) {
        InstalledArtifact wanted =
                installed.orElse(InstalledArtifacts.NONE).wanted().get(ref);
        if (wanted == null || !wanted.version().equals(artifact.version())
                || !wanted.contentDigest().equals(artifact.contentDigest())) {
            fetches.dropped(ref);
            tick();
            return;
        }
        Optional<DeclaredRules> rules = manifest.flatMap(text -> rules(ref, text));
        fetches.settled(ref, artifact, rules.isPresent(), nowMillis());
        take(new RuleLayer(ref, artifact.version(), positions.getOrDefault(ref, 0L),
                rules.isPresent(), rules.orElse(DeclaredRules.NONE)));
        tick();
    }

    private void take(RuleLayer layer) {
        RuleBook next = book.with(layer);
        if (next == book) {
            return;
        }
        publish(next);
        if (layer.manifestAvailable()) {
            LOG.infof("event=rules_loaded owner=%s version=%s projections=%d problems=%d",
                    layer.owner(), layer.version(), layer.rules().projections().size(),
                    layer.rules().problems().size());
            publisher.loaded(layer);
        } else {
            LOG.warnf("event=manifest_absent owner=%s version=%s",
                    layer.owner(), layer.version());
        }
    }

    /** Every push was checked to be an object, so a text that is none counts as absent. */
    private static Optional<DeclaredRules> rules(ArtifactRef ref, String manifest) {
        try {
            return Optional.of(
                    ManifestRules.read(ref, HubJson.mapper().readValue(manifest, MANIFEST)));
        } catch (JsonProcessingException e) {
            LOG.errorf("event=manifest_unreadable owner=%s cause=%s", ref, e.getMessage());
            return Optional.empty();
        }
    }

    private void readScenarios() {
        readingScenarios = true;
        long number = ++scenarioReads;
        onThread(store.scenarios(), scenarios -> {
            readingScenarios = false;
            scenariosAt = nowMillis() + SCENARIOS_MILLIS;
            take(number, scenarios);
        }, failure -> {
            readingScenarios = false;
            scenariosAt = nowMillis() + SCENARIOS_MILLIS;
            LOG.debugf("event=scenarios_not_read cause=%s", failure.getMessage());
        });
    }

    /** An older answer may come after a newer one. */
    private void take(long number, Map<WebspaceId, ArtifactRef> scenarios) {
        if (number > scenariosTaken) {
            scenariosTaken = number;
            publish(book.withScenarios(scenarios));
        }
    }

    private void publish(RuleBook next) {
        RuleBook before = book;
        if (next == before) {
            return;
        }
        book = next;
        for (RuleWatcher watcher : watchers) {
            guarded(() -> watcher.changed(before, next));
        }
    }

    private <T> void onThread(Uni<T> work, Consumer<T> taken, Consumer<Throwable> failed) {
        work.subscribe().with(
                item -> thread.execute(() -> guarded(() -> taken.accept(item))),
                failure -> thread.execute(() -> guarded(() -> failed.accept(failure))));
    }

    /** The edge of the thread: a timer forgets a task that throws. */
    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "event=rules_failed");
        }
    }

    private long nowMillis() {
        return (System.nanoTime() - bornNanos) / 1_000_000;
    }
}
