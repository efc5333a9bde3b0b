package io.adaos.hub.projection.operationview;

import com.sun.net.httpserver.HttpExchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Logs of operations that are asked for by long poll, as operations-service answers. */
public final class LogShelf {

    private static final long WAIT_MILLIS_MAX = 2_000;

    private final Map<String, List<String>> lines = new LinkedHashMap<>();
    private final Map<String, String> statuses = new LinkedHashMap<>();
    private final Map<String, Integer> asked = new LinkedHashMap<>();

    /** Adds a line. */
    public synchronized void write(String operation, String message) {
        lines.computeIfAbsent(operation, id -> new ArrayList<>()).add(message);
        notifyAll();
    }

    /** The operation has this status from now on. */
    public synchronized void status(String operation, String status) {
        statuses.put(operation, status);
        notifyAll();
    }

    /** How often it was asked for. */
    public synchronized int asked(String operation) {
        return asked.getOrDefault(operation, 0);
    }

    /** The answer to {@code GET /v1/operations/{id}/log}. */
    synchronized Map<String, Object> page(HttpExchange exchange) {
        String operation = exchange.getRequestURI().getPath().split("/")[3];
        Map<String, String> query = OperationsUpstream.query(exchange);
        int after = Integer.parseInt(query.get("after"));
        asked.merge(operation, 1, Integer::sum);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(
                query.get("wait").equals("0") ? 0 : WAIT_MILLIS_MAX);
        while (System.nanoTime() < until && of(operation).size() <= after
                && status(operation).equals("running")) {
            await(until);
        }
        List<Map<String, Object>> items = new ArrayList<>();
        for (int at = after; at < of(operation).size() && items.size()
                < Integer.parseInt(query.get("limit")); at++) {
            items.add(Map.of("line", at + 1, "at", "2026-01-01T00:00:00Z", "level", "info",
                    "step", "fetch", "message", of(operation).get(at)));
        }
        return Map.of("operation_id", operation, "status", status(operation), "items", items,
                "next_after", after + items.size(), "dropped", 0);
    }

    private void await(long until) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, until - System.nanoTime()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> of(String operation) {
        return lines.getOrDefault(operation, List.of());
    }

    private String status(String operation) {
        return statuses.getOrDefault(operation, "running");
    }
}
