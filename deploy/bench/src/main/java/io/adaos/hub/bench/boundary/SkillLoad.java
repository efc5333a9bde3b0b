package io.adaos.hub.bench.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.LiveHub;
import io.adaos.hub.bench.live.ProcessUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;

/** Skills that write as fast as they are answered, each connection its own slots. */
final class SkillLoad {
    private static final int WRITERS_MAX = 64;

    private final BenchSkills skills;
    private final List<String> webspaces;
    private final LastValues last;

    SkillLoad(BenchSkills skills, List<String> webspaces, LastValues last) {
        this.skills = skills;
        this.webspaces = webspaces;
        this.last = last;
    }

    /** How many slots a skill needs, so that no two connections write the same one. */
    static int slotsNeeded(int skills, int webspaces, int batch) {
        return (WRITERS_MAX + skills * webspaces - 1) / (skills * webspaces) * batch;
    }

    /** Writes for some time. */
    WriteRow run(int connections, int batch, double seconds)
            throws IOException, InterruptedException {
        LiveHub hub = skills.hub();
        long server = hub.pid("projection-service");
        long store = hub.pid("postgres");
        long self = ProcessHandle.current().pid();
        long serverBefore = ProcessUse.of(server).cpuMicros();
        long storeBefore = ProcessUse.cpuMicrosOfTree(store);
        long selfBefore = ProcessUse.of(self).cpuMicros();
        long begin = System.nanoTime();
        Percentiles times = new Percentiles();
        AtomicLong refused = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Writer writer = new Writer(i, batch, times, refused);
            long end = begin + (long) (seconds * 1e9);
            threads.add(new Thread(() -> writer.writeUntil(end), "writer-" + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        double taken = (System.nanoTime() - begin) / 1e9;
        double writes = Math.max(1, (double) times.count() * batch);
        return new WriteRow(connections, batch, writes / taken, times.millis(0.5),
                times.millis(0.99),
                (ProcessUse.of(server).cpuMicros() - serverBefore) / writes,
                (ProcessUse.cpuMicrosOfTree(store) - storeBefore) / writes,
                (ProcessUse.of(self).cpuMicros() - selfBefore) / writes, refused.get());
    }

    /** One connection of one skill to one webspace. */
    private final class Writer {
        private final int skill;
        private final String webspace;
        private final int firstSlot;
        private final int batch;
        private final Percentiles times;
        private final AtomicLong refused;
        private final HubHttp http;

        Writer(int number, int batch, Percentiles times, AtomicLong refused) {
            this.skill = number % skills.count();
            int turn = number / skills.count();
            this.webspace = webspaces.get(turn % webspaces.size());
            this.firstSlot = turn / webspaces.size() * batch;
            this.batch = batch;
            this.times = times;
            this.refused = refused;
            this.http = new HubHttp(BenchSkills.token(skill));
        }

        void writeUntil(long end) {
            try {
                while (System.nanoTime() < end) {
                    long begin = System.nanoTime();
                    boolean fulfilled = batch == 1 ? one() : many();
                    times.add(System.nanoTime() - begin);
                    refused.addAndGet(fulfilled ? 0 : 1);
                }
            } catch (IOException e) {
                refused.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean one() throws IOException, InterruptedException {
            String mark = last.newMark();
            String body = "{\"scope\":\"webspace\",\"value\":" + LastValues.value(mark) + "}";
            boolean fulfilled = http.post(skills.url(webspace,
                    BenchSkills.slot(skill, firstSlot)), body).status() == 200;
            note(firstSlot, mark, fulfilled);
            return fulfilled;
        }

        private boolean many() throws IOException, InterruptedException {
            StringJoiner writes = new StringJoiner(",", "{\"writes\":[", "]}");
            List<String> written = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                written.add(last.newMark());
                writes.add("{\"scope\":\"webspace\",\"slot\":\""
                        + BenchSkills.slot(skill, firstSlot + i) + "\",\"value\":"
                        + LastValues.value(written.get(i)) + "}");
            }
            JsonNode results = http.post(skills.url(webspace), writes.toString()).fulfilled()
                    .body().get("results");
            boolean fulfilled = true;
            for (int i = 0; i < batch; i++) {
                boolean one = results.get(i).get("status").asInt() == 200;
                note(firstSlot + i, written.get(i), one);
                fulfilled &= one;
            }
            return fulfilled;
        }

        private void note(int slot, String mark, boolean fulfilled) {
            if (fulfilled) {
                last.taken(webspace, skill, slot, mark);
            }
        }
    }
}
