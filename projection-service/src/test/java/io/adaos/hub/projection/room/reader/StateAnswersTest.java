package io.adaos.hub.projection.room.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.adaos.hub.projection.crdt.Doc;
import io.adaos.hub.projection.crdt.id.StateVector;
import io.adaos.hub.projection.room.member.OutboundFrame;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateAnswersTest {

    private final Doc doc = new Doc(7);
    private final StateAnswers answers = new StateAnswers();

    @Test
    void crowd_thatKnowsTheSame_getsOneFrame() {
        // Given
        change(1);
        OutboundFrame first = answers.step2(doc, StateVector.EMPTY);
        StateVector known = doc.stateVector();
        OutboundFrame back = answers.step2(doc, known);

        // When
        OutboundFrame second = answers.step2(doc, StateVector.EMPTY);
        OutboundFrame backToo = answers.step2(doc, StateVector.of(Map.of(7L, 1L)));

        // Then
        assertSame(first, second);
        assertSame(back, backToo);
        assertEquals(Optional.of(known), back.before());
    }

    @Test
    void documentThatChanged_isAnsweredAnew() {
        // Given
        change(1);
        OutboundFrame before = answers.step2(doc, StateVector.EMPTY);
        change(2);

        // When
        answers.clear();

        // Then
        assertNotSame(before, answers.step2(doc, StateVector.EMPTY));
    }

    @Test
    void answers_nobodyAsksFor_areForgotten() {
        // Given
        change(1);
        OutboundFrame first = answers.step2(doc, StateVector.EMPTY);
        answers.clearUnlessAsked();
        OutboundFrame second = answers.step2(doc, StateVector.EMPTY);

        // When
        answers.clearUnlessAsked();
        answers.clearUnlessAsked();

        // Then
        assertSame(first, second);
        assertNotSame(first, answers.step2(doc, StateVector.EMPTY));
    }

    @Test
    void diffOfASlowReader_isAnUpdateAndNoAnswer() {
        // Given
        change(1);

        // When
        OutboundFrame diff = answers.update(doc, StateVector.EMPTY);

        // Then
        assertEquals(2, diff.bytes()[1]);
        assertEquals(1, answers.step2(doc, StateVector.EMPTY).bytes()[1]);
    }

    private void change(int value) {
        doc.transact("test", tx -> doc.getMap("data").set(tx, "a", value));
    }
}
