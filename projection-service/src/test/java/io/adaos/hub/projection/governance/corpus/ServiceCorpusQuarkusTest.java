package io.adaos.hub.projection.governance.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.projection.governance.corpus.WriteTarget.Answer;
import io.adaos.hub.projection.operationview.OperationsUpstream;
import io.adaos.hub.projection.write.direct.RawFixture;
import io.adaos.hub.testing.HubTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The corpus against the running service, over HTTP and sockets: all patterns at once, each as an
 * owner in a webspace of its own.
 */
@QuarkusTest
@QuarkusTestResource(HubTestResource.class)
@QuarkusTestResource(OperationsUpstream.class)
class ServiceCorpusQuarkusTest {

    /** Longer steps only repeat themselves, but for those that are about a minute. */
    private static final int SECONDS_MAX = 30;
    private static final int FIRST_RAW_WEBSPACE = 20;
    private static final long FREE_MILLIS = 25_000;

    @TestHTTPResource("/")
    URI server;

    @Test
    void corpus_overTheRealIngress_endsAsDocumented() throws Exception {
        // Given
        RawFixture.install();
        List<WritePattern> corpus = WritePattern.corpus();
        List<Run> runs = new ArrayList<>();
        int raw = FIRST_RAW_WEBSPACE;
        for (int i = 0; i < corpus.size(); i++) {
            WritePattern pattern = corpus.get(i);
            runs.add(new Run(pattern, pattern.plane().equals("governed")
                    ? new ServiceTarget(server, "corpus-" + i, "skill:corpus" + i)
                    : new SocketTarget(server, "raw-" + raw++,
                            pattern.plane().equals("person"))));
        }

        // When
        ExecutorService threads = Executors.newFixedThreadPool(runs.size());
        List<String> faults = new ArrayList<>();
        List<Future<List<String>>> ends = new ArrayList<>();
        for (Run run : runs) {
            Callable<List<String>> play = run::play;
            ends.add(threads.submit(play));
        }
        for (Future<List<String>> end : ends) {
            faults.addAll(end.get());
        }
        threads.shutdown();

        // Then
        assertEquals(List.of(), faults, String.join("\n", faults));
    }

    /** One pattern on its way. */
    private static final class Run {

        /** Faster patterns send together what falls into this time. */
        private static final long TOGETHER_MILLIS = 200;
        private static final double ALONE_PER_SECOND = 10;
        private static final int BATCH_MAX = 200;
        private static final int FAULT_CHARS_MAX = 400;

        private final WritePattern pattern;
        private final ServiceTarget target;
        private final Map<String, String> taken = new HashMap<>();
        private final Set<String> reasons = new TreeSet<>();
        private final List<String> faults = new ArrayList<>();
        private int number;
        private long dueAt;

        Run(WritePattern pattern, ServiceTarget target) {
            this.pattern = pattern;
            this.target = target;
        }

        List<String> play() {
            dueAt = System.currentTimeMillis();
            pattern.steps().forEach(this::play);
            JsonNode row = target.row();
            if (pattern.isGood()) {
                expect("ok", row.get("policy_state").asText(), "state");
                expect("0", row.get("counters").path("throttled_total").asText("0"), "throttled");
                expect("0", row.get("counters").path("refused").asText("0"), "refused");
                expect(isDirect() ? "deprecated_direct_skill_yjs_write" : "",
                        row.path("last").path("reason").asText(""), "last reason");
            } else if (pattern.state().equals("refused")) {
                target.pass(500);
                row = target.row();
                expect(pattern.reason(), row.path("last").path("reason").asText(), "reason");
                expect("0", row.get("counters").path("applied").asText(), "applied");
            } else {
                expect(pattern.state(), row.get("policy_state").asText(), "state");
                expect(pattern.reason(), row.path("reason").asText(), "reason");
            }
            expectFree();
            expectShown();
            return faults;
        }

        private boolean isDirect() {
            return pattern.plane().equals("direct");
        }

        private void play(WritePattern.Step step) {
            boolean isMinute = "repeated_reseed".equals(pattern.reason());
            long seconds = isMinute ? step.seconds() : Math.min(SECONDS_MAX, step.seconds());
            long moments = Math.max(1, Math.round(step.perSecond() * seconds));
            double every = 1000 / step.perSecond();
            int together = step.perSecond() <= ALONE_PER_SECOND ? 1
                    : (int) Math.round(TOGETHER_MILLIS / every);
            for (long moment = 0; moment < moments; moment += together) {
                if (number > 0) {
                    dueAt += Math.round(every * together);
                    await();
                }
                List<WritePattern.Write> writes = new ArrayList<>();
                for (long i = moment; i < Math.min(moments, moment + together); i++) {
                    for (int burst = 0; burst < step.burst(); burst++) {
                        writes.add(step.write(number++));
                    }
                }
                send(writes);
            }
        }

        /** What is late stays late: nothing is made up for by writing faster. */
        private void await() {
            long now = System.currentTimeMillis();
            if (dueAt > now) {
                target.pass(dueAt - now);
            } else {
                dueAt = Math.max(dueAt, now - TOGETHER_MILLIS);
            }
        }

        private void send(List<WritePattern.Write> writes) {
            for (int from = 0; from < writes.size(); from += BATCH_MAX) {
                List<WritePattern.Write> part =
                        writes.subList(from, Math.min(writes.size(), from + BATCH_MAX));
                List<Answer> answers = target.write(part);
                for (int i = 0; i < part.size(); i++) {
                    if (answers.get(i).outcome().equals("refused")) {
                        reasons.add(answers.get(i).reason());
                    } else {
                        taken.put(part.get(i).path(), part.get(i).content());
                    }
                }
            }
        }

        /** Who stops is free within ten seconds of its last pending value. */
        private void expectFree() {
            long end = System.currentTimeMillis() + FREE_MILLIS;
            while (System.currentTimeMillis() < end && !(target.pending() == 0
                    && target.balances() && target.state().equals("ok"))) {
                target.pass(250);
            }
            expect("ok", target.state(), "state after quiet");
            expect("true", String.valueOf(target.balances()), "balance " + target.row());
        }

        private void expectShown() {
            Map<String, String> shown = target.document();
            if (pattern.state().equals("refused")) {
                expect("{}", shown.toString(), "document");
            } else if (!(target instanceof SocketTarget socket)) {
                expect(sorted(taken), sorted(shown), "document");
            } else if (socket.isConnected() && !"block".equals(pattern.state())) {
                expect(sorted(socket.sent()), sorted(shown), "document");
            }
        }

        private static String sorted(Map<String, String> document) {
            return new TreeMap<>(document).toString();
        }

        private void expect(String wanted, String found, String what) {
            if (!wanted.equals(found)) {
                faults.add(pattern + ": " + what + " is " + start(found) + ", not "
                        + start(wanted));
            }
        }

        private static String start(String text) {
            return text.substring(0, Math.min(FAULT_CHARS_MAX, text.length()));
        }
    }
}
