package io.adaos.hub.projection.gateway.channel;

import io.netty.channel.Channel;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;

/**
 * Permits every upgrade, and keeps the channel below it for the connection that comes of it.
 *
 * <p>This is the only place that knows how to get there: {@code ConnectionBase} is public, but no
 * part of the documented API. Where it is not found, messages go the documented way.
 */
@Singleton
final class HttpChannelCheck implements HttpUpgradeCheck {

    /** Where the channel lies in the data of a connection; absent when there is none. */
    static final UserData.TypedKey<Channel> CHANNEL = new UserData.TypedKey<>("hub.channel");

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
        HttpServerRequest request = upgrade.httpRequest();
        if (request.version() == HttpVersion.HTTP_1_1
                && request.connection() instanceof ConnectionBase connection) {
            upgrade.userData().put(CHANNEL, connection.channel());
        }
        return CheckResult.permitUpgrade();
    }
}
