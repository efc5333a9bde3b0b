package io.adaos.hub.operations.lifecycle;

import io.adaos.hub.contracts.id.OperationId;
import io.adaos.hub.contracts.operation.Initiator;
import io.adaos.hub.contracts.operation.OperationKind;
import io.adaos.hub.contracts.operation.OperationPage;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.operation.OperationStatus;
import io.adaos.hub.operations.lifecycle.machine.OperationEvent;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The one door to operations: accepts them, lets events happen to them, reads them. */
public final class OperationManager {

    private static final Logger LOG = Logger.getLogger(OperationManager.class);

    private final OperationStore store;
    private final Map<String, KindRules> kinds;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Over a store, for these kinds. */
    public OperationManager(OperationStore store, Collection<KindRules> kinds) {
        this.store = store;
        this.kinds = kinds.stream().collect(Collectors.toMap(
                rules -> rules.kind().value(), Function.identity(),
                (one, other) -> {
                    throw new IllegalArgumentException("two handlers for " + one.kind());
                }, TreeMap::new));
    }

    /** Hears of changes right after they are committed, in this process only. */
    public interface Listener {

        /** There may be something to run. */
        void workArrived();

        /** Somebody wants this running operation to stop. */
        void cancelling(OperationId id);

        /** An operation has this state now. */
        default void changed(OperationState state) {
        }
    }

    /** Adds a listener; it must return at once. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** The rules of every kind this service runs, by name. */
    public Map<String, KindRules> kinds() {
        return kinds;
    }

    /** The answer that a submission with this key has got before; empty when there is none. */
    public Uni<Optional<Admission>> known(Submission submission) {
        return store.known(submission);
    }

    /** Takes in a checked command of a known kind. */
    public Uni<Admission> accept(Submission submission) {
        KindRules rules = rulesOf(submission.command().kind());
        return store.accept(submission.planned(rules.steps()), rules.deadline())
                .invoke(this::tellIfNew);
    }

    /** Repeats an operation that ended without success. */
    public Uni<Admission> retry(OperationId source, Initiator initiator, String correlationId) {
        return store.retry(source, initiator, correlationId).invoke(this::tellIfNew);
    }

    /** Lets an event happen. */
    public Uni<Applied> apply(Change change) {
        return store.apply(change).invoke(applied -> {
            if (applied instanceof Applied.Done done) {
                tell(done.state(), change.event() instanceof OperationEvent.InputGiven
                        || change.event() instanceof OperationEvent.InputExpired);
            }
        });
    }

    /** Something was woken by a transaction of another feature; there may be something to run. */
    public void nudge() {
        listeners.forEach(Listener::workArrived);
    }

    /** Keeps what is known of how long steps take. */
    public Uni<Void> keepTimes() {
        return store.keepTimes();
    }

    /** One operation with what only this service needs to know. */
    public Uni<Optional<StoredOperation>> stored(OperationId id) {
        return store.find(id);
    }

    public Uni<Optional<OperationState>> find(OperationId id) {
        return store.find(id).map(found -> found.map(StoredOperation::state));
    }

    /** How many operations have not ended. */
    public Uni<ActiveCounts> active() {
        return store.active();
    }

    public Uni<OperationPage> list(OperationQuery query) {
        return store.list(query);
    }

    private KindRules rulesOf(OperationKind kind) {
        KindRules rules = kinds.get(kind.value());
        if (rules == null) {
            throw new IllegalArgumentException("no handler for " + kind);
        }
        return rules;
    }

    private void tellIfNew(Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            OperationState state = admitted.operation();
            LOG.infof("event=operation_accepted operation_id=%s kind=%s target=%s:%s status=%s",
                    state.operationId(), state.kind(), state.targetKind(), state.targetId(),
                    state.status().wire());
            listeners.forEach(Listener::workArrived);
        }
    }

    private void tell(OperationState state, boolean woken) {
        listeners.forEach(listener -> listener.changed(state));
        if (state.status() == OperationStatus.CANCELLING) {
            listeners.forEach(listener -> {
                listener.cancelling(state.operationId());
                listener.workArrived();
            });
        } else if (state.status() == OperationStatus.RUNNING) {
            if (woken) {
                nudge();
            }
        } else if (state.status().isTerminal()) {
            LOG.infof("event=operation_ended operation_id=%s kind=%s status=%s error=%s",
                    state.operationId(), state.kind(), state.status().wire(),
                    state.error() == null ? "-" : state.error().type());
            // the next in line may have got its turn
            listeners.forEach(Listener::workArrived);
        }
    }
}
