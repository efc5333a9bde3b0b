package io.adaos.hub.projection.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.StateSync.Freshness;
import io.adaos.hub.projection.gateway.SessionDirectory.Session;
import io.adaos.hub.projection.room.fact.Publications;
import io.adaos.hub.projection.room.member.MemberProgress;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionReviewTest {

    /** Generation 6 became durable this long ago, and the client has proved 5. */
    @ParameterizedTest
    @CsvSource({
        "0, FRESH, 0", "1999, FRESH, 0", "2000, AGING, 0", "9999, AGING, 0", "10000, FRESH, 1"
    })
    void session_agesWithItsOldestUnprovenGeneration(
            long ageMs, Freshness freshness, int behind) {
        // Given
        Publications publications = new Publications(5, 0);
        publications.published(6, millis(60_000));
        long now = millis(60_000 + ageMs);

        // When
        SessionReview review = SessionReview.of(
                List.of(session(5, now, 0)), publications, now);

        // Then
        assertEquals(freshness, review.freshness());
        assertEquals(behind, review.sessions().behind());
        assertEquals(behind == 1 ? 0 : ageMs, review.sessions().oldestUnprovenMs());
    }

    @Test
    void proofOfTheNewest_isFreshHoweverOldItIs() {
        // Given
        Publications publications = new Publications(5, 0);
        long now = millis(600_000);

        // When
        SessionReview review = SessionReview.of(
                List.of(session(5, millis(1_000), 0)), publications, now);

        // Then
        assertEquals(Freshness.FRESH, review.freshness());
        assertEquals(OptionalLong.of(millis(1_000)), review.materializedNanos());
    }

    /** What was there before a client came is owed to it since it was answered, not before. */
    @ParameterizedTest
    @CsvSource({"1000, FRESH", "3000, AGING"})
    void sessionThatJustCame_isWaitedForSinceItCame(long sinceMs, Freshness freshness) {
        // Given
        Publications publications = new Publications(5, 0);
        long now = millis(600_000);

        // When
        SessionReview review = SessionReview.of(
                List.of(session(0, 0, now - millis(sinceMs))), publications, now);

        // Then
        assertEquals(freshness, review.freshness());
        assertEquals(0, review.sessions().behind());
    }

    @Test
    void oneSessionThatIsLate_makesAllAging_andPlainOnesProveNothing() {
        // Given
        Publications publications = new Publications(5, 0);
        publications.published(6, millis(60_000));
        long now = millis(63_000);
        Session plain = new Session("plain", new MemberProgress(false, 0, 0, 0, false), now);

        // When
        SessionReview review = SessionReview.of(
                List.of(session(6, now, 0), session(5, now, 0), plain), publications, now);

        // Then
        assertEquals(Freshness.AGING, review.freshness());
        assertEquals(3_000, review.sessions().oldestUnprovenMs());
        assertEquals(List.of(3, 2, 0, 1), List.of(review.sessions().count(),
                review.sessions().acknowledged(), review.sessions().behind(),
                review.sessions().plain()));
        assertEquals(OptionalLong.empty(), review.materializedNanos());
    }

    @Test
    void withNobodyThere_theLogIsTheProof() {
        // Given
        Publications publications = new Publications(5, 0);
        publications.published(6, millis(60_000));

        // When
        SessionReview review = SessionReview.of(List.of(), publications, millis(90_000));

        // Then
        assertEquals(Freshness.FRESH, review.freshness());
        assertEquals(OptionalLong.of(millis(60_000)), review.materializedNanos());
    }

    /** An answer proves that a client can be reached, and not what it shows. */
    @Test
    void sessionThatAnswersButIsBehind_isReadyAndSaysSo() {
        // Given
        Publications publications = new Publications(5, 0);
        publications.published(6, millis(60_000));
        long now = millis(80_000);

        // When
        Connectivity link = SessionReview.connectivity(session(5, now, 0), publications, now);

        // Then
        assertEquals(Connectivity.Transport.READY, link.transportState());
        assertEquals(List.of("behind"), link.blockers());
    }

    @Test
    void sessionThatIsSilent_isReconnecting() {
        // Given
        Publications publications = new Publications(5, 0);
        long now = millis(80_000);
        Session silent = new Session("s", new MemberProgress(true, 5, 0, 0, false),
                now - millis(5_000));

        // When
        List<Connectivity> links = Stream.of(silent, session(5, now, 0))
                .map(one -> SessionReview.connectivity(one, publications, now)).toList();

        // Then
        assertEquals(Connectivity.Transition.RECONNECTING, links.get(0).transitionState());
        assertEquals(Connectivity.Transport.DEGRADED, links.get(0).transportState());
        assertEquals(Connectivity.Transition.READY, links.get(1).transitionState());
    }

    private static Session session(long acknowledged, long provedNanos, long startedNanos) {
        return new Session("s" + acknowledged, new MemberProgress(
                true, acknowledged, provedNanos, startedNanos, false), provedNanos);
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
