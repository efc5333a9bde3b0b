package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.MalformedUpdateException;
import java.util.List;
import java.util.Map;

/** Holds what ours made of broken updates against what yjs makes of them. */
@SuppressWarnings("unchecked")
final class MutationJudge {
    private final YjsProcess yjs;
    private int judged;
    private int takenByBoth;
    private int unstable;

    MutationJudge(YjsProcess yjs) {
        this.yjs = yjs;
    }

    @Override
    public String toString() {
        return "shown to yjs " + judged + ", compared " + takenByBoth
                + ", of which yjs reads its own state as another document " + unstable;
    }

    int takenByBoth() {
        return takenByBoth;
    }

    void judge(List<MutationRun.Sample> samples) throws MalformedUpdateException {
        List<Map<String, Object>> answers = yjs.askAll(
                samples.stream().map(MutationRun.Sample::question).toList());
        for (int i = 0; i < samples.size(); i++) {
            judged++;
            judge(samples.get(i), answers.get(i));
        }
    }

    private void judge(MutationRun.Sample sample, Map<String, Object> answer)
            throws MalformedUpdateException {
        if (answer.containsKey("error")) {
            throw new AssertionError("yjs: " + answer);
        }
        if (!sample.taken()) {
            return;
        }
        if (answer.get("taken").equals(false)) {
            throw new AssertionError("taken, but yjs says " + answer.get("why") + ": "
                    + sample.question());
        }
        Doc doc = sample.doc();
        if (doc.hasPending() || answer.get("pending").equals(true)) {
            return;
        }
        takenByBoth++;
        for (Object cleanup : (List<Object>) answer.get("cleanups")) {
            doc.apply(Vectors.base64(cleanup), "clean-up");
        }
        compare(sample, answer, (Map<String, Object>) answer.get("copy"));
    }

    /**
     * Where yjs reads its own state as another document, the update contradicts itself, and either
     * of the two will do.
     */
    private void compare(MutationRun.Sample sample, Map<String, Object> first,
            Map<String, Object> copy) throws MalformedUpdateException {
        Map<String, String> roots = sample.prefix().scenario().roots();
        Object own = FuzzView.of(sample.doc(), roots);
        Doc reader = sample.prefix().scenario().newReader();
        reader.apply(sample.doc().encodeStateAsUpdate(), "test");
        Object ownCopy = FuzzView.of(reader, roots);
        boolean stable = copy != null && copy.get("view").equals(first.get("view"));
        unstable += stable ? 0 : 1;
        boolean same = stable
                ? own.equals(first.get("view")) && ownCopy.equals(own)
                : own.equals(first.get("view")) || copy == null || own.equals(copy.get("view"));
        if (!same) {
            throw new AssertionError("yjs shows " + first.get("view") + ", ours " + own
                    + ", ours read again " + ownCopy + ": " + sample.question());
        }
    }
}
