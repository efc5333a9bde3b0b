package io.adaos.hub.bench.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.LiveHub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the document of each webspace must show in the end: the last values that were taken. */
final class LastValues {
    private final Map<String, Map<String, String>> marks = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** A mark that was not used before. */
    String newMark() {
        return mark(numbers.incrementAndGet());
    }

    /** The mark the clients look for in frames. */
    static String mark(long number) {
        return String.format(Locale.ROOT, "#%08d", number);
    }

    /** A small value as skills write them. */
    static String value(String mark) {
        return "{\"temperature\":21.5,\"unit\":\"C\",\"trend\":\"rising\",\"mark\":\"" + mark
                + "\"}";
    }

    /** Notes that a value was taken; values of one slot are noted in their order. */
    void taken(String webspace, int skill, int slot, String mark) {
        marks.computeIfAbsent(webspace, none -> new ConcurrentHashMap<>())
                .put("/data/" + BenchSkills.name(skill) + "/s" + slot, mark);
    }

    int paths() {
        return marks.values().stream().mapToInt(Map::size).sum();
    }

    /** One sentence for each value that is not in its document. */
    List<String> wrong(LiveHub hub) throws IOException, InterruptedException {
        HubHttp admin = new HubHttp(hub.adminToken());
        List<String> wrong = new ArrayList<>();
        for (String webspace : marks.keySet()) {
            JsonNode document = admin.get(hub.projection() + "/v1/webspaces/" + webspace
                    + "/state").fulfilled().body().get("document");
            marks.get(webspace).forEach((path, mark) -> {
                String shown = document.at(path + "/mark").asText();
                if (!mark.equals(shown)) {
                    wrong.add(webspace + path + " is " + shown + ", the last one was " + mark);
                }
            });
        }
        return wrong;
    }
}
