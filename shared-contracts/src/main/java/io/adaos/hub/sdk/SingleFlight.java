package io.adaos.hub.sdk;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Builds something at most once at a time, and hands it over. Who asks while it runs gets the
 * outcome of one more run after it, together with all others who ask meanwhile: the running one may
 * have read already what has just changed.
 */
final class SingleFlight<T> {

    private static final int SECTIONS_MAX = 1_024;

    private final Function<Set<String>, CompletionStage<CompletionStage<T>>> work;
    private boolean isRunning;
    private boolean isAsked;
    private Set<String> sections = new TreeSet<>();
    private CompletableFuture<T> following = new CompletableFuture<>();

    /** @param work ends with the building; what it gives ends with the handing over. No throw */
    SingleFlight(Function<Set<String>, CompletionStage<CompletionStage<T>>> work) {
        this.work = work;
    }

    /** @param dirty why it is run; of the names that come together at most 1,024 are kept */
    CompletableFuture<T> run(Set<String> dirty) {
        CompletableFuture<T> mine;
        synchronized (this) {
            dirty.stream().limit(SECTIONS_MAX - sections.size()).forEach(sections::add);
            isAsked = true;
            mine = following;
            if (isRunning) {
                return mine;
            }
            isRunning = true;
        }
        begin();
        return mine;
    }

    private void begin() {
        Set<String> reasons;
        CompletableFuture<T> told;
        synchronized (this) {
            isAsked = false;
            reasons = sections;
            told = following;
            sections = new TreeSet<>();
            following = new CompletableFuture<>();
        }
        work.apply(reasons).whenComplete((handedOver, failure) -> {
            boolean isAgain;
            synchronized (this) {
                isAgain = isAsked;
                isRunning = isAgain;
            }
            if (failure == null) {
                handedOver.whenComplete((outcome, late) -> end(told, outcome, late));
            } else {
                end(told, null, failure);
            }
            if (isAgain) {
                begin();
            }
        });
    }

    private static <T> void end(CompletableFuture<T> told, T outcome, Throwable failure) {
        if (failure == null) {
            told.complete(outcome);
        } else {
            told.completeExceptionally(failure);
        }
    }
}
