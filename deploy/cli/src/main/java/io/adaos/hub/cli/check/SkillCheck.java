package io.adaos.hub.cli.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Looks through one skill for what the hub does for it. */
final class SkillCheck {

    private static final int FINDINGS_MAX = 1_000;
    private static final int LINE_CHARS_MAX = 2_000;

    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();

    /**
     * What was found.
     *
     * @param files sources that were read
     * @param warnings what the publisher should know; no reason to fail
     */
    record Report(int files, List<Finding> findings, List<Finding> warnings) {
    }

    /** Checks sources and manifest of a folder. */
    static Report of(Path folder) throws IOException {
        SkillCheck check = new SkillCheck();
        SkillFolder skill = SkillFolder.open(folder, check.findings);
        byte[] client = client();
        for (Map.Entry<String, Path> source : skill.sources().entrySet()) {
            byte[] bytes = read(source.getValue());
            if (!Arrays.equals(bytes, client)) {
                check.source(source.getKey(), bytes);
            }
        }
        new ManifestCheck(check.findings, check.warnings).check(skill);
        List<Finding> found = check.findings;
        return new Report(skill.sources().size(), List.copyOf(found),
                List.copyOf(check.warnings));
    }

    /** The hub's own client, byte for byte; one that was changed is checked like any source. */
    private static byte[] client() throws IOException {
        try (InputStream in = SkillCheck.class.getResourceAsStream("/skill/hub_client.py")) {
            return in.readAllBytes();
        }
    }

    /** As many bytes as a source may have; one that grows meanwhile is cut. */
    static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes((int) SkillFolder.FILE_BYTES_MAX);
        }
    }

    /** The shims of one file; at most 1,000 findings in all. */
    private void source(String name, byte[] bytes) {
        SourceText source = SourceText.read(new String(bytes, StandardCharsets.UTF_8),
                name.endsWith(".py") ? SourceText.Language.PYTHON : SourceText.Language.JAVA);
        for (int i = 0; i < source.text().size(); i++) {
            String text = source.text().get(i);
            if (text.length() > LINE_CHARS_MAX) {
                add(new Finding(name, i + 1, "not_checked", "the line has more than "
                        + LINE_CHARS_MAX + " characters", "Break the line"));
                continue;
            }
            for (Shim shim : Shim.values()) {
                String what = shim.found(source.code().get(i), text);
                if (!what.isEmpty()) {
                    add(new Finding(name, i + 1, shim.code(), what, shim.remedy()));
                }
            }
        }
    }

    private void add(Finding finding) {
        if (findings.size() < FINDINGS_MAX) {
            findings.add(finding);
        }
    }
}
