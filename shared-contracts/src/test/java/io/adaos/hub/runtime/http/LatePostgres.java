package io.adaos.hub.runtime.http;

import io.adaos.hub.testing.RestartablePostgres;
import io.adaos.hub.testing.TestNats;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL that comes seconds after the service, and no keys file. */
public final class LatePostgres implements QuarkusTestResourceLifecycleManager {

    private static final int LATE_SECONDS = 4;

    private static RestartablePostgres current;      // null before the first start
    private static TestNats nats;                    // null before the first start

    static RestartablePostgres server() {
        return current;
    }

    @Override
    public Map<String, String> start() {
        current = RestartablePostgres.unstarted();
        nats = TestNats.start();
        new Thread(LatePostgres::startLate, "late-postgres").start();
        return Map.of("database.url", current.url(), "hub.nats.url", nats.url());
    }

    private static void startLate() {
        try {
            TimeUnit.SECONDS.sleep(LATE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        current.start();
    }

    @Override
    public void stop() {
        current.close();
        nats.close();
    }
}
