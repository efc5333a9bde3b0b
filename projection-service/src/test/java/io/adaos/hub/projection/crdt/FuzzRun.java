package io.adaos.hub.projection.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes scripts through both sides. */
final class FuzzRun {
    private final YjsProcess yjs;
    private final FuzzCounts counts = new FuzzCounts();

    FuzzRun(YjsProcess yjs) {
        this.yjs = yjs;
    }

    FuzzCounts counts() {
        return counts;
    }

    /** A script whose question to yjs is asked. */
    private interface Asked {
        Map<String, Object> question();

        void check(Map<String, Object> answer, FuzzCounts counts);

        static Asked of(FuzzScript script) {
            if (script.mode() == FuzzScript.Mode.OURS) {
                FuzzAuthor author = new FuzzAuthor(script);
                return new Asked() {
                    @Override
                    public Map<String, Object> question() {
                        return author.question();
                    }

                    @Override
                    public void check(Map<String, Object> answer, FuzzCounts counts) {
                        author.check(answer, counts);
                    }
                };
            }
            return new Asked() {
                @Override
                public Map<String, Object> question() {
                    return Map.of("do", "author", "script", script.toJson());
                }

                @Override
                public void check(Map<String, Object> answer, FuzzCounts counts) {
                    FuzzFollower.check(script, answer, counts);
                }
            };
        }
    }

    /** What differs when this script is run, if anything does. */
    Optional<String> failureOf(FuzzScript script) {
        try {
            Asked asked = Asked.of(script);
            asked.check(yjs.ask(asked.question()), counts);
            return Optional.empty();
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(e.toString());
        }
    }

    /** A batch that yjs has been asked about. */
    final class Batch {
        private final List<FuzzScript> scripts = new ArrayList<>();
        private final List<Asked> asked = new ArrayList<>();
        private final List<FuzzScript> failed = new ArrayList<>();

        Batch(List<FuzzScript> all) {
            List<Map<String, Object>> questions = new ArrayList<>();
            for (FuzzScript script : all) {
                try {
                    Asked next = Asked.of(script);
                    questions.add(next.question());
                    asked.add(next);
                    scripts.add(script);
                } catch (RuntimeException | AssertionError e) {
                    failed.add(script);
                }
            }
            yjs.send(questions);
        }

        /** The scripts that failed. */
        List<FuzzScript> failed() {
            for (int i = 0; i < asked.size(); i++) {
                Map<String, Object> answer = yjs.receive();
                try {
                    asked.get(i).check(answer, counts);
                } catch (RuntimeException | AssertionError e) {
                    failed.add(scripts.get(i));
                }
            }
            return failed;
        }
    }
}
