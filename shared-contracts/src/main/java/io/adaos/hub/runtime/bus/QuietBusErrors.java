package io.adaos.hub.runtime.bus;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.support.Status;
import org.jboss.logging.Logger;

/** Keeps a server that is away from filling the log; the health answer shows it. */
final class QuietBusErrors implements ErrorListener {

    private static final Logger LOG = Logger.getLogger("io.adaos.hub.runtime.bus");

    @Override
    public void errorOccurred(Connection connection, String error) {
        LOG.warnf("event=bus_error detail=\"%s\"", error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception failure) {
        LOG.debugf(failure, "event=bus_exception");
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        LOG.warnf("event=bus_slow_consumer dropped=%d", consumer.getDroppedCount());
    }

    @Override
    public void heartbeatAlarm(Connection connection, JetStreamSubscription subscription,
            long lastStreamSequence, long lastConsumerSequence) {
        LOG.debugf("event=bus_heartbeat_missed stream_sequence=%d", lastStreamSequence);
    }

    @Override
    public void pullStatusError(
            Connection connection, JetStreamSubscription subscription, Status status) {
        LOG.debugf("event=bus_pull_ended detail=\"%s\"", status.getMessageWithCode());
    }
}
