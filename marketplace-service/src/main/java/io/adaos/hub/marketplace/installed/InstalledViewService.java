package io.adaos.hub.marketplace.installed;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.operation.InstalledChanged;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.adaos.hub.runtime.bus.EventCodec;
import io.adaos.hub.runtime.outbox.FollowState;
import io.adaos.hub.runtime.outbox.SequencedReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Follows operations-service: what is on the nodes, and what works on it. */
@ApplicationScoped
public class InstalledViewService {

    private static final String INSTALLED = "io.adaos.hub.operation.installed.v1";
    private static final String CHANGED = "io.adaos.hub.operation.changed.v1";

    private final SequencedReader<ListedOperations> reader;
    private final Holders holders = new Holders();
    private volatile InstalledView view = InstalledView.empty();

    InstalledViewService(HttpInstalledLoader loader) {
        this.reader = new SequencedReader<>("installed", loader::list, new Sink());
    }

    void onStart(@Observes StartupEvent event) {
        reader.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        reader.close();
    }

    /** The newest view; empty before the first list. It holds at least what {@link #state} says. */
    public InstalledView view() {
        return view;
    }

    /** What works on artifacts now; at least as current as {@link #state} says. */
    public Holders holders() {
        return holders;
    }

    /** How current the view is; read it before the view. */
    public FollowState state() {
        return reader.state();
    }

    void onEvent(EventEnvelope<JsonNode> event) {
        reader.onEvent(event);
    }

    void onHead(ServiceHead head) {
        reader.onHead(head);
    }

    /** Swaps the view; most facts of operations-service change none. */
    private final class Sink implements SequencedReader.Sink<ListedOperations> {

        @Override
        public void replace(ListedOperations listed) {
            view = view.replacedBy(listed.installed());
            holders.replace(listed.active());
        }

        @Override
        public void apply(EventEnvelope<JsonNode> event) {
            if (INSTALLED.equals(event.type())) {
                view = view.with(EventCodec.data(event, InstalledChanged.class));
            } else if (CHANGED.equals(event.type())) {
                holders.accept(EventCodec.data(event, OperationChanged.class).operation());
            }
        }
    }
}
