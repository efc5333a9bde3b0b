package io.adaos.hub.bench.boundary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.bench.live.HubHttp;
import io.adaos.hub.bench.live.LiveHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Skills that were pushed and installed as every skill is, each with a credential of its own.
 *
 * @param count how many
 * @param slots declared by each
 */
record BenchSkills(LiveHub hub, int count, int slots) {
    /** Configuration of a hub that slows nobody down: 1,000,000 writes/s and 1 GB/s an owner. */
    static final Map<String, String> RAISED_BUDGETS = Map.of(
            "ADAOS_YJS_LOAD_MARK_HIGH_BPS", "1000000000",
            "ADAOS_YJS_LOAD_MARK_CRITICAL_BPS", "2000000000",
            "ADAOS_YJS_LOAD_MARK_BLOCK_BPS", "3000000000",
            "ADAOS_YJS_LOAD_MARK_HIGH_WPS", "1000000",
            "ADAOS_YJS_LOAD_MARK_CRITICAL_WPS", "2000000",
            "ADAOS_YJS_LOAD_MARK_BLOCK_WPS", "3000000");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long READY_MILLIS = 60_000;
    private static final int POLL_MILLIS = 100;

    /** Publishes and installs them; their slots can be written when this returns. */
    static BenchSkills install(LiveHub hub, int count, int slots)
            throws IOException, InterruptedException {
        BenchSkills skills = new BenchSkills(hub, count, slots);
        skills.push();
        skills.grantKeys();
        HubHttp admin = new HubHttp(hub.adminToken());
        for (int i = 0; i < count; i++) {
            String body = JSON.writeValueAsString(Map.of("kind", "skill.install",
                    "target_kind", "skill", "target_id", name(i)));
            admin.post(hub.operations() + "/v1/operations", body).fulfilled();
        }
        for (int i = 0; i < count; i++) {
            skills.awaitRules(admin, i);
        }
        return skills;
    }

    static String name(int skill) {
        return "bench_" + skill;
    }

    /** As whom a skill writes. */
    static String owner(int skill) {
        return "skill:" + name(skill);
    }

    static String slot(int skill, int slot) {
        return name(skill) + ".s" + slot;
    }

    /** A credential that fits a header and says nothing: this hub lives for minutes. */
    static String token(int skill) {
        return "bench-skill-key-" + skill;
    }

    /** Where a slot is written. */
    String url(String webspace, String slot) {
        return url(webspace) + "/" + slot;
    }

    /** Where batches are written. */
    String url(String webspace) {
        return hub.projection() + "/v1/webspaces/" + webspace + "/projections";
    }

    private void push() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("hub-bench-skills-");
        List<String> command = new ArrayList<>(
                List.of("push", "--url", hub.registry(), "--token", hub.adminToken()));
        List<Path> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path skill = Files.createDirectory(folder.resolve(name(i)));
            made.add(Files.writeString(skill.resolve("skill.yaml"), manifest(i)));
            made.add(skill);
            command.add(skill.toString());
        }
        hub.command(command.toArray(String[]::new));
        for (Path path : made) {
            Files.delete(path);
        }
        Files.delete(folder);
    }

    private String manifest(int skill) {
        StringBuilder yaml = new StringBuilder("name: " + name(skill)
                + "\nversion: 1.0.0\ndata_projections:\n");
        for (int i = 0; i < slots; i++) {
            yaml.append("- {scope: webspace, slot: ").append(slot(skill, i))
                    .append(", targets: [{backend: yjs, path: data/").append(name(skill))
                    .append("/s").append(i).append("}]}\n");
        }
        return yaml.toString();
    }

    private void grantKeys() throws IOException {
        ObjectNode keys = (ObjectNode) JSON.readTree(hub.keysFile().toFile());
        for (int i = 0; i < count; i++) {
            keys.withArray("keys").addPOJO(Map.of("id", name(i), "sha256", sha256(token(i)),
                    "subject", owner(i), "scopes", List.of("projection:write")));
        }
        JSON.writeValue(hub.keysFile().toFile(), keys);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private void awaitRules(HubHttp admin, int skill) throws IOException, InterruptedException {
        String url = hub.projection() + "/v1/projections/rules/skill/" + name(skill);
        long end = System.nanoTime() + READY_MILLIS * 1_000_000;
        while (admin.get(url).status() != 200) {
            if (System.nanoTime() > end) {
                throw new IOException("the rules of " + name(skill) + " were not loaded");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
