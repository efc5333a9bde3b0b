package io.adaos.hub.operations.install.confirm;

import io.adaos.hub.contracts.operation.InstalledArtifact;
import io.adaos.hub.operations.execution.CancellationToken;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits until the projection rules of a version count; asks soon at first, then every second. */
public final class RulesConfirmation {

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(3);
    private static final long FIRST_MILLIS = 25;
    private static final long LAST_MILLIS = 1_000;
    private static final long STOP_CHECK_MILLIS = 50;

    private final LoadedVersionsClient projection;
    private final Duration wait;

    /** @param wait after so long without confirmation the version is given up */
    public RulesConfirmation(LoadedVersionsClient projection, Duration wait) {
        this.projection = projection;
        this.wait = wait;
    }

    /**
     * Blocks until the version is confirmed, or the wait is over.
     *
     * @return empty, or why it is not confirmed
     */
    public Optional<String> await(InstalledArtifact wanted, CancellationToken token) {
        return await(() -> ask(wanted, loaded -> loaded.filter(wanted.version()::equals)
                .isPresent()), token);
    }

    /**
     * Blocks until no rules of the artifact count any more, or the wait is over.
     *
     * @return empty, or why it is not known
     */
    public Optional<String> awaitGone(InstalledArtifact removed, CancellationToken token) {
        return await(() -> ask(removed, Optional::isEmpty), token);
    }

    private Optional<String> await(Supplier<Optional<String>> question, CancellationToken token) {
        long end = System.nanoTime() + wait.toNanos();
        long pause = FIRST_MILLIS;
        Optional<String> missing = question.get();
        while (missing.isPresent() && System.nanoTime() < end) {
            sleep(Math.min(pause, Math.max(1, (end - System.nanoTime()) / 1_000_000)), token);
            pause = Math.min(LAST_MILLIS, pause * 2);
            missing = question.get();
        }
        return missing.map(why -> why + " after " + wait.toSeconds() + " s");
    }

    private Optional<String> ask(
            InstalledArtifact artifact, Predicate<Optional<String>> wanted) {
        try {
            Optional<String> loaded = projection.version(artifact.kind(), artifact.id())
                    .await().atMost(ANSWER_WAIT);
            return wanted.test(loaded) ? Optional.empty()
                    : Optional.of(loaded.map(other -> "projection-service has those of " + other)
                            .orElse("projection-service has none"));
        } catch (RuntimeException e) {
            return Optional.of("projection-service does not answer (" + e.getMessage() + ")");
        }
    }

    private static void sleep(long millis, CancellationToken token) {
        long end = System.nanoTime() + millis * 1_000_000;
        do {
            token.check();
            try {
                Thread.sleep(Math.min(millis, STOP_CHECK_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                token.check();
                throw new IllegalStateException("interrupted while waiting", e);
            }
        } while (System.nanoTime() < end);
    }
}
