package io.adaos.hub.bench.fanout;

import io.adaos.hub.bench.live.ProcessUse;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A server that is measured.
 *
 * @param kind which protocol it speaks: hub, y-websocket or hocuspocus
 * @param store the process of its database, when it has one
 */
record Target(String name, String kind, String url, String token, long pid, OptionalLong store) {

    /** What a client needs to know of it. */
    Map<String, String> forClients() {
        return Map.of("kind", kind, "url", url, "token", token);
    }

    boolean isOurs() {
        return kind.equals("hub");
    }

    ProcessUse use() throws IOException {
        return ProcessUse.of(pid);
    }

    long storeMicros() throws IOException {
        return store.isPresent() ? ProcessUse.cpuMicrosOfTree(store.getAsLong()) : 0;
    }
}
