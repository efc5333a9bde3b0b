package io.adaos.hub.bench.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.bench.live.HubHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** A skill that writes batches at a steady rate, and remembers what it was told. */
final class PacedOwner {
    private static final int NEVER = -1;

    private final BenchSkills skills;
    private final String webspace;
    private final int skill;
    private final LastValues last;
    private final HubHttp http;
    private long written;
    private long taken;
    private long firstHeldBack = NEVER;
    private long firstApplied = NEVER;

    PacedOwner(BenchSkills skills, String webspace, int skill, LastValues last) {
        this.skills = skills;
        this.webspace = webspace;
        this.skill = skill;
        this.last = last;
        this.http = new HubHttp(BenchSkills.token(skill));
    }

    /**
     * How to write.
     *
     * @param requestsPerSecond how many requests, each of one write for each slot
     * @param seconds how long
     */
    record Pace(double requestsPerSecond, int slots, double seconds) {
    }

    /**
     * Writes; a request that is due while another one is answered is sent late, and its time
     * counts from when it was due.
     */
    Percentiles write(Pace pace) throws IOException, InterruptedException {
        Percentiles times = new Percentiles();
        firstHeldBack = NEVER;
        firstApplied = NEVER;
        long begin = System.nanoTime();
        long end = begin + (long) (pace.seconds() * 1e9);
        long due = begin;
        for (long n = 1; due < end; n++) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            } else if (System.nanoTime() >= end) {
                break;
            }
            send(pace.slots(), begin);
            times.add(System.nanoTime() - due);
            due = begin + (long) (n * 1e9 / pace.requestsPerSecond());
        }
        return times;
    }

    private void send(int slots, long begin) throws IOException, InterruptedException {
        StringJoiner writes = new StringJoiner(",", "{\"writes\":[", "]}");
        List<String> marks = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            marks.add(last.newMark());
            writes.add("{\"scope\":\"webspace\",\"slot\":\"" + BenchSkills.slot(skill, slot)
                    + "\",\"value\":" + LastValues.value(marks.get(slot)) + "}");
        }
        JsonNode results = http.post(skills.url(webspace), writes.toString()).fulfilled()
                .body().get("results");
        long answered = System.nanoTime() - begin;
        for (int slot = 0; slot < slots; slot++) {
            note(results.get(slot).get("outcome").asText(), slot, marks.get(slot), answered);
        }
    }

    private void note(String outcome, int slot, String mark, long answered) {
        written++;
        boolean isHeldBack = outcome.equals("deferred") || outcome.equals("refused");
        if (isHeldBack && firstHeldBack == NEVER) {
            firstHeldBack = answered;
        }
        if (outcome.equals("applied") && firstApplied == NEVER) {
            firstApplied = answered;
        }
        if (!outcome.equals("refused")) {
            taken++;
            last.taken(webspace, skill, slot, mark);
        }
    }

    String owner() {
        return BenchSkills.owner(skill);
    }

    /** All writes so far. */
    long written() {
        return written;
    }

    /** Those that were not refused. */
    long taken() {
        return taken;
    }

    /** Seconds until a write was deferred or refused, since the last pace began. */
    double heldBackAfter() {
        return firstHeldBack == NEVER ? Double.NaN : firstHeldBack / 1e9;
    }

    /** Seconds until a write was applied at once, since the last pace began. */
    double freeAfter() {
        return firstApplied == NEVER ? Double.NaN : firstApplied / 1e9;
    }
}
