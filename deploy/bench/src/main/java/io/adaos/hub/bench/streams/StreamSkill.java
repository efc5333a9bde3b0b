package io.adaos.hub.bench.streams;

import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.LiveHub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A skill with a stream, and pushes of another one. */
final class StreamSkill {

    static final String RECEIVER = "bench.now";
    static final String TOPIC = "webio.stream.desktop." + RECEIVER;
    static final String ROWS = "webio.stream.desktop.infrastate.marketplace.skills";

    private static final String NAME = "stream_bench";
    private static final String MANIFEST = """
            name: stream_bench
            version: 1.0.0
            data_routes:
              - surface: panel
                route: stream
                receiver: bench.now
                budget: {max_publish_hz: 20}
            """;
    private static final long READY_NANOS = 60_000_000_000L;
    private static final int POLL_MILLIS = 100;

    private StreamSkill() {
    }

    /** Pushes and installs it; its stream can be published when this returns. */
    static void install(LiveHub hub) throws IOException, InterruptedException {
        HubHttp admin = new HubHttp(hub.adminToken());
        admin.post(hub.registry() + "/v1/skills", "{\"name\":\"" + NAME
                + "\",\"archive_b64\":\"" + zip(MANIFEST) + "\"}").fulfilled();
        admin.post(hub.operations() + "/v1/operations", "{\"kind\":\"skill.install\","
                + "\"target_kind\":\"skill\",\"target_id\":\"" + NAME + "\"}").fulfilled();
        long end = System.nanoTime() + READY_NANOS;
        while (admin.get(hub.projection() + "/v1/projections/rules/skill/" + NAME).status()
                != 200) {
            if (System.nanoTime() > end) {
                throw new IOException("the rules of " + NAME + " were not loaded");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** The archive, in base64, of a version of the skill whose row browsers wait for. */
    static String archive(int version) throws IOException {
        return zip("name: streamed_skill\nversion: 1.0." + version + "\n");
    }

    private static String zip(String manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
            archive.putNextEntry(new ZipEntry("skill.yaml"));
            archive.write(manifest.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
