package io.adaos.hub.projection.stream.socket;

import io.adaos.hub.projection.gateway.SocketAdmission;
import io.adaos.hub.projection.gateway.channel.HttpTransports;
import io.adaos.hub.projection.room.member.CloseReason;
import io.adaos.hub.projection.stream.publish.StreamService;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** All clients of the event socket; ends those that take nothing, are silent, or may no more. */
@ApplicationScoped
public class EventClientService {

    private static final Logger LOG = Logger.getLogger(EventClientService.class);
    private static final int SOCKETS_MAX = 10_000;
    private static final long CHECK_MILLIS = 2_000;

    /** A client that reads gets the close frame within this time; one that does not is cut off. */
    private static final long CUT_MILLIS = 2_000;

    private final StreamService streams;
    private final EventCommandService commands;
    private final MeterRegistry meters;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    EventClientService(StreamService streams, EventCommandService commands, MeterRegistry meters) {
        this.streams = streams;
        this.commands = commands;
        this.meters = meters;
    }

    /** A session and the connection it is on. */
    private record Client(EventClient session, WebSocketConnection connection) {
    }

    void onStart(@Observes StartupEvent event) {
        meters.gauge("hub.ws.sockets", clients, Map::size);
        streams.every(CHECK_MILLIS, this::check);
    }

    /** Clients hear that the service restarts, before the server ends their connections. */
    void onEnd(@Observes ShutdownDelayInitiatedEvent event) {
        clients.values().forEach(client -> close(client.connection(), CloseReason.RESTART));
    }

    /** A client has come that may stay. */
    void open(WebSocketConnection connection, SocketAdmission.Entry.Admitted admitted) {
        if (clients.size() >= SOCKETS_MAX) {
            close(connection, CloseReason.TRY_LATER);
            return;
        }
        Outbox outbox = new Outbox(
                text -> Uni.createFrom().deferred(() -> connection.sendText(text))
                        .subscribeAsCompletionStage(),
                streams.counts());
        clients.put(connection.id(), new Client(
                new EventClient(admitted, streams, commands, outbox), connection));
    }

    /** A client says something. */
    Uni<Void> onText(WebSocketConnection connection, String text) {
        Client client = clients.get(connection.id());
        if (client == null) {
            return Uni.createFrom().voidItem();
        }
        return client.session().onText(text)
                .invoke(reason -> reason.ifPresent(why -> close(connection, why)))
                .replaceWithVoid();
    }

    /** A client answers a ping. */
    void onPong(WebSocketConnection connection) {
        Client client = clients.get(connection.id());
        if (client != null) {
            client.session().heard();
        }
    }

    /** A connection has ended. */
    void onClose(WebSocketConnection connection) {
        Client client = clients.remove(connection.id());
        if (client != null) {
            client.session().end();
        }
    }

    /** Ends a connection, and counts by what code. */
    void close(WebSocketConnection connection, CloseReason reason) {
        close(connection, reason, reason.text());
    }

    void close(WebSocketConnection connection, CloseReason reason, String text) {
        onClose(connection);
        if (connection.isClosed()) {
            return;
        }
        meters.counter("hub.ws.closed", "code", String.valueOf(reason.code())).increment();
        LOG.debugf("event=socket_closing connection=%s code=%d", connection.id(), reason.code());
        connection.close(new io.quarkus.websockets.next.CloseReason(reason.code(), text))
                .subscribe().with(done -> { }, failure -> LOG.debugf(
                        "event=socket_close_failed connection=%s cause=%s",
                        connection.id(), failure));
        streams.after(CUT_MILLIS, () -> HttpTransports.cut(connection));
    }

    private void check() {
        clients.values().forEach(client -> {
            Optional<CloseReason> fault = client.session().fault();
            fault.ifPresent(reason -> close(client.connection(), reason));
        });
    }
}
