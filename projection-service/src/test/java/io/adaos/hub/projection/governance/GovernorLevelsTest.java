package io.adaos.hub.projection.governance;

import static io.adaos.hub.projection.governance.GovernorDesk.CORE;
import static io.adaos.hub.projection.governance.GovernorDesk.OPERATOR;
import static io.adaos.hub.projection.governance.GovernorDesk.PERSON;
import static io.adaos.hub.projection.governance.GovernorDesk.WEATHER;
import static io.adaos.hub.projection.governance.GovernorDesk.WEATHER_DIRECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.id.OwnerId;
import io.adaos.hub.projection.governance.GovernanceDecision.Allow;
import io.adaos.hub.projection.governance.GovernanceDecision.Refuse;
import io.adaos.hub.projection.governance.GovernanceDecision.Throttle;
import io.adaos.hub.projection.governance.GovernanceDecision.Warn;
import io.adaos.hub.projection.governance.evidence.WriteCounters;
import io.adaos.hub.projection.governance.evidence.WriteReason;
import io.adaos.hub.projection.governance.pressure.PolicyState;
import io.adaos.hub.projection.governance.pressure.PressureThresholds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a state is entered and left, and what it does. */
class GovernorLevelsTest {

    private final GovernorDesk desk = new GovernorDesk();

    @ParameterizedTest
    @CsvSource({
        "163839, OK", "163840, WARN", "655359, WARN", "655360, THROTTLE",
        "1310719, THROTTLE", "1310720, BLOCK"})
    void state_byBytesOfFiveSeconds_isEnteredAtItsMark(long bytes, PolicyState expected) {
        // Given: five times 32768, 131072 and 262144 bytes

        // When
        GovernanceDecision decision = desk.judge(WEATHER, "data/weather/current", bytes);

        // Then
        assertEquals(expected, decision.evidence().policyState());
    }

    @ParameterizedTest
    @CsvSource({
        "39, OK", "40, WARN", "159, WARN", "160, THROTTLE", "319, THROTTLE", "320, BLOCK"})
    void state_byWritesOfFiveSeconds_isEnteredAtItsMark(int writes, PolicyState expected) {
        // Given: five times 8, 32 and 64 writes

        // When
        GovernanceDecision decision = desk.burst(WEATHER, writes);

        // Then
        assertEquals(expected, decision.evidence().policyState());
    }

    @Test
    void write_thatEntersAState_isItselfTreatedSo() {
        // Given
        desk.burst(WEATHER, 319);

        // When
        GovernanceDecision decision = desk.judge(WEATHER, "data/weather/current", 1);

        // Then
        Refuse refusal = assertInstanceOf(Refuse.class, decision);
        assertEquals(WriteReason.WRITE_AMPLIFICATION, refusal.reason());
        assertEquals(64, refusal.observed());
        assertEquals(64, refusal.limit());
    }

    @Test
    void window_isOfFiveSeconds_inBucketsOf100Millis() {
        // Given
        desk.burst(WEATHER, 39);

        // When
        GovernanceDecision inside = desk.pass(4_999).write(WEATHER, "data/a/b", 1);
        GovernorDesk other = new GovernorDesk();
        other.burst(WEATHER, 39);
        GovernanceDecision outside = other.pass(5_000).write(WEATHER, "data/a/b", 1);

        // Then
        assertInstanceOf(Warn.class, inside);
        assertInstanceOf(Allow.class, outside);
    }

    @Test
    void state_isLeft_whenTheRateStayedBelowFourFifthsForThreeSeconds() {
        // Given: 31 writes now and 9 a second later: below 32 when the first ones leave
        desk.burst(WEATHER, 31);
        desk.pass(1_000).burst(WEATHER, 9);

        // When
        PolicyState before = desk.pass(6_999).state(WEATHER);
        PolicyState after = desk.pass(1).state(WEATHER);

        // Then
        assertEquals(PolicyState.WARN, before);
        assertEquals(PolicyState.OK, after);
    }

    @Test
    void rate_thatRisesAgain_startsTheThreeSecondsAnew() {
        // Given
        desk.burst(WEATHER, 40);
        desk.pass(7_900).burst(WEATHER, 32);

        // When
        PolicyState atOldTime = desk.pass(100).state(WEATHER);
        long leavesIn = desk.row(WEATHER).leavesInMs();

        // Then: 32 writes are not below 32; they leave 5 s after they came
        assertEquals(PolicyState.WARN, atOldTime);
        assertEquals(7_900, leavesIn);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "320, 1", "320, 50", "400, 33"})
    void retryAfter_isExactlyWhenTheBlockCanBeLeft(int first, int everyMillis) {
        // Given
        for (int i = 0; i < 330; i++) {
            desk.write(WEATHER, "data/a/" + i % 100, 2_000 + first);
            desk.pass(i % 7 == 0 ? everyMillis : 0);
        }
        Refuse refusal = assertInstanceOf(Refuse.class, desk.write(WEATHER, "data/a/b", 10));

        // When
        PolicyState early = desk.pass(refusal.retryAfterMillis() - 1).state(WEATHER);
        PolicyState inTime = desk.pass(1).state(WEATHER);

        // Then
        assertEquals(PolicyState.BLOCK, early);
        assertTrue(inTime != PolicyState.BLOCK, "still in " + inTime);
    }

    @Test
    void owner_thatHammersABlock_staysInIt() {
        // Given
        desk.burst(WEATHER, 320);

        // When
        boolean everFree = false;
        for (int i = 0; i < 60_000 / 15; i++) {
            everFree |= !(desk.pass(15).write(WEATHER, "data/a/b", 1) instanceof Refuse);
        }

        // Then
        assertTrue(!everFree);
        assertEquals(PolicyState.BLOCK, desk.state(WEATHER));
        assertEquals(desk.row(WEATHER).counters().blockedTotal(), 4_000 + 1);
    }

    @Test
    void owner_thatBehaves_isFreeWithinTenSeconds() {
        // Given: a hundred times its budget
        for (int i = 0; i < 3_200; i++) {
            desk.write(WEATHER, "data/a/b", 4_000);
            desk.pass(i % 3 == 0 ? 1 : 0);
        }

        // When
        int millis = 0;
        for (; desk.state(WEATHER) != PolicyState.OK; millis += 50) {
            desk.flush();
            desk.pass(50);
        }

        // Then
        assertTrue(millis <= 10_000, millis + " ms");
    }

    @Test
    void blockedAndThrottledRoots_areThoseOfTheLastMinuteInThatStateOnly() {
        // Given
        desk.write(WEATHER, "ui/old/x", 1);
        desk.pass(60_000).write(WEATHER, "devices/a/b", 1);
        desk.burst(WEATHER, 200);
        OwnerRow throttled = desk.row(WEATHER);

        // When
        desk.burst(WEATHER, 200);
        OwnerRow blocked = desk.row(WEATHER);

        // Then
        assertEquals(List.of("data", "devices"), throttled.throttledRoots());
        assertEquals(List.of(), throttled.blockedRoots());
        assertEquals(List.of(), blocked.throttledRoots());
        assertEquals(List.of("data", "devices"), blocked.blockedRoots());
    }

    @Test
    void coreOwner_isWarnedAndNeverMore() {
        // Given
        desk.burst(CORE, 2_000);

        // When
        GovernanceDecision core = desk.write(CORE, "runtime/operations/by_id", 9_000_000);
        GovernanceDecision operator = desk.judgeRaw(OPERATOR, "1", 9_000_000);

        // Then
        assertInstanceOf(Warn.class, core);
        assertInstanceOf(Warn.class, operator);
        assertEquals(PolicyState.WARN, desk.state(CORE));
        assertEquals(0, desk.row(CORE).counters().refused());
    }

    @Test
    void person_isGovernedLikeASkill() {
        // Given
        desk.burst(PERSON, 319);

        // When
        GovernanceDecision decision = desk.judge(PERSON, "data/a/b", 1);

        // Then
        assertInstanceOf(Refuse.class, decision);
    }

    @ParameterizedTest
    @CsvSource({"40959, OK", "40960, WARN", "163840, THROTTLE", "327680, BLOCK"})
    void directWrites_haveAMeterOfTheirOwnAtAQuarter(int bytes, PolicyState expected) {
        // Given
        desk.burst(WEATHER, 39);

        // When
        GovernanceDecision decision = desk.judgeRaw(WEATHER_DIRECT, "1", bytes);

        // Then
        assertEquals(expected, decision.evidence().policyState());
        assertTrue(decision.evidence().directYjsWrite());
        assertEquals(PolicyState.OK, desk.state(WEATHER));
    }

    @Test
    void directWrite_isWarnedAboutEvenWhenItIsSlow() {
        // Given

        // When
        GovernanceDecision decision = desk.judgeRaw(WEATHER_DIRECT, "1", 10);

        // Then
        assertInstanceOf(Warn.class, decision);
        assertEquals(WriteReason.DEPRECATED_DIRECT_SKILL_YJS_WRITE, decision.evidence().reason());
    }

    @Test
    void receivedBytes_aboveEightTimesBlockWithinASecond_areRefusedThoughUnchanged() {
        // Given: 2 MiB a second; each is taken out of the rates again as it was unchanged
        for (int i = 0; i < 8; i++) {
            desk.settle(desk.judge(WEATHER, "data/a/b", 262_144), new Settlement.Unchanged());
        }

        // When
        Refuse refusal = assertInstanceOf(Refuse.class, desk.judge(WEATHER, "data/a/b", 1));

        // Then
        assertEquals(WriteReason.WRITE_AMPLIFICATION, refusal.reason());
        assertEquals(2_097_153, refusal.observed());
        assertEquals(2_097_152, refusal.limit());
        assertEquals(1_000, refusal.retryAfterMillis());
        assertInstanceOf(Warn.class, desk.pass(1_000).judge(WEATHER, "data/a/b", 1));
    }

    @Test
    void budgetOfAnOwner_overridesTheDefaults() {
        // Given
        PressureThresholds tenth = PressureThresholds.DEFAULT.scaled(0.1);
        GovernorDesk small = new GovernorDesk(GovernanceSettings.DEFAULT, owner ->
                owner.equals(new OwnerId("skill:weather")) ? tenth : PressureThresholds.DEFAULT);

        // When
        small.write(WEATHER, "data/a/b", 131_072);
        small.write(GovernorDesk.CLOCK, "data/c/d", 131_072);

        // Then
        assertEquals(PolicyState.BLOCK, small.state(WEATHER));
        assertEquals(PolicyState.OK, small.state(GovernorDesk.CLOCK));
    }

    @Test
    void governance_switchedOff_measuresAndReportsOnly() {
        // Given
        GovernorDesk off = new GovernorDesk(
                new GovernanceSettings(false, true, GovernanceSettings.Limits.DEFAULT),
                owner -> PressureThresholds.DEFAULT);

        // When
        GovernanceDecision decision = off.burst(WEATHER, 1_000);

        // Then
        assertInstanceOf(Warn.class, decision);
        assertEquals(PolicyState.BLOCK, off.state(WEATHER));
        assertEquals(1_000, off.row(WEATHER).counters().applied());
    }

    @Test
    void throttledOwner_isSlowedAndOthersAreNot() {
        // Given
        desk.burst(WEATHER, 200);

        // When
        GovernanceDecision weather = desk.judge(WEATHER, "data/a/b", 1);
        GovernanceDecision clock = desk.judge(GovernorDesk.CLOCK, "data/c/d", 1);

        // Then
        assertInstanceOf(Throttle.class, weather);
        assertInstanceOf(Allow.class, clock);
    }

    @Test
    void write_thatCannotWait_isPermittedInThrottle_andRefusedInBlock() {
        // Given
        desk.burst(WEATHER, 200);

        // When
        GovernanceDecision throttled = judgeAtOnce(1_048_576);
        desk.burst(WEATHER, 200);
        GovernanceDecision blocked = judgeAtOnce(10);

        // Then
        assertEquals(PolicyState.THROTTLE, throttled.evidence().policyState());
        desk.settle(assertInstanceOf(Warn.class, throttled), new Settlement.Coalesced());
        assertEquals(WriteReason.WRITE_AMPLIFICATION,
                assertInstanceOf(Refuse.class, blocked).reason());
        WriteCounters counters = desk.row(WEATHER).counters();
        assertEquals(counters.attemptedTotal(), counters.applied() + counters.coalesced()
                + counters.refused() + counters.pending());
    }

    private GovernanceDecision judgeAtOnce(long bytes) {
        return desk.governor.judge(
                GovernorDesk.attempt(WEATHER, "details/log", bytes, 0), desk.now);
    }
}
