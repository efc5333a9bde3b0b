package io.adaos.hub.runtime.bus.channel;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import java.io.IOException;

/** One way of reading from NATS, opened anew for each connection. */
interface BusSource {

    /** Starts to read; the handler may block, which holds back the server. */
    Reading open(Connection connection, MessageHandler handler)
            throws IOException, JetStreamApiException;

    /** What the channel gets for a received message, with its acknowledgement. */
    org.eclipse.microprofile.reactive.messaging.Message<byte[]> wrap(Message received);

    /** The channel took the message. */
    void taken(Message received);

    /** The channel did not take the message, as this source is being replaced. */
    void left(Message received);

    /** An open source. */
    interface Reading {

        /** Whether messages can still come; asked every other second. */
        boolean isSound() throws IOException, JetStreamApiException;

        /** Ends the reading; never throws. */
        void stop();
    }
}
