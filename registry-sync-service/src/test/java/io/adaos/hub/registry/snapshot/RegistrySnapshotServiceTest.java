package io.adaos.hub.registry.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.registry.catalog.CatalogChanges;
import io.adaos.hub.registry.snapshot.RegistrySnapshotService.RegistryFile;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySnapshotServiceTest {

    private final Queue<UniEmitter<? super String>> stamps = new ArrayDeque<>();
    private final Queue<UniEmitter<? super List<CatalogEntry>>> entries = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final RegistrySnapshotService service = new RegistrySnapshotService(
            () -> Uni.createFrom().<String>emitter(stamps::add),
            () -> Uni.createFrom().<List<CatalogEntry>>emitter(entries::add),
            new CatalogChanges(), nanos::get);

    @ParameterizedTest(name = "stamp fails: {0}")
    @ValueSource(booleans = {true, false})
    void build_thatFailsAfterItsFirstRequesterLeft_isNotKept(boolean stampFails) {
        // Given
        subscribe().cancel();
        if (!stampFails) {
            stamps.remove().complete("1.1");
        }
        (stampFails ? stamps : entries).remove().fail(new IllegalStateException("away"));

        // When
        UniAssertSubscriber<RegistryFile> next = subscribe();
        stamps.remove().complete("1.1");
        entries.remove().complete(List.of());

        // Then
        next.assertCompleted();
    }

    @Test
    void stamp_isReadAgainAfterASecond_whateverTheNumberOfTheClock() {
        // Given: the count of nanoseconds overflows meanwhile
        subscribe();
        stamps.remove().complete("1.1");
        entries.remove().complete(List.of());

        // When
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        subscribe().assertCompleted();
        int early = stamps.size();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        subscribe();

        // Then
        assertEquals(0, early);
        assertEquals(1, stamps.size());
    }

    private UniAssertSubscriber<RegistryFile> subscribe() {
        return Uni.createFrom().deferred(service::current)
                .subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
