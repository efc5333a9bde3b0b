package io.adaos.hub.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * What a service needs around it in a {@code @QuarkusTest}: NATS, a fresh database, keys.
 *
 * <p>Init arguments {@code postgres=false} and {@code nats=false} leave parts out. The NATS server
 * of the running test is at {@link #nats}.
 */
public final class HubTestResource implements QuarkusTestResourceLifecycleManager {

    private static TestNats current;      // null before the first start

    private boolean withPostgres = true;
    private boolean withNats = true;
    private TestNats nats;                // null when left out

    /** The server of the application under test, to be killed, wiped and restarted. */
    public static TestNats nats() {
        return current;
    }

    @Override
    public void init(Map<String, String> arguments) {
        withPostgres = Boolean.parseBoolean(arguments.getOrDefault("postgres", "true"));
        withNats = Boolean.parseBoolean(arguments.getOrDefault("nats", "true"));
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> config = new HashMap<>();
        config.put("hub.keys.file", TestKeys.temporary("hub-keys", TestKeys.file()).toString());
        config.put("hub.service-key.file",
                TestKeys.temporary("hub-service-key", TestKeys.SERVICE).toString());
        if (withPostgres) {
            config.put("database.url", TestPostgres.freshDatabase());
        }
        if (withNats) {
            nats = TestNats.start();
            current = nats;
            config.put("hub.nats.url", nats.url());
        }
        return config;
    }

    @Override
    public void stop() {
        if (nats != null) {
            nats.close();
        }
    }
}
