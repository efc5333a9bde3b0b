package io.adaos.hub.cli.check;

import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.DirectWriteGrant;
import io.adaos.hub.contracts.rules.ManifestRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a manifest by the rules a push reads it by. */
final class ManifestCheck {

    private static final int LEVELS_MAX = 64;
    private static final int EVENTS_MAX = 100_000;
    private static final int ALIASES_MAX = 64;

    private final List<Finding> findings;
    private final List<Finding> warnings;

    ManifestCheck(List<Finding> findings, List<Finding> warnings) {
        this.findings = findings;
        this.warnings = warnings;
    }

    void check(SkillFolder skill) throws IOException {
        if (skill.manifest().isEmpty()) {
            findings.add(new Finding(".", 0, "manifest_missing",
                    "there is no skill.yaml and no scenario.yaml", "Put one at the top"));
            return;
        }
        Path file = skill.manifest().get();
        String name = file.getFileName().toString();
        try {
            read(skill, name, values(new String(SkillCheck.read(file), StandardCharsets.UTF_8)));
        } catch (YamlEngineException | IllegalArgumentException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            findings.add(new Finding(name, 0, "manifest_unreadable", first,
                    "Correct the YAML; a linter shows the place"));
        }
    }

    private void read(SkillFolder skill, String file, Map<String, Object> manifest) {
        String kind = file.startsWith("skill") ? "skill" : "scenario";
        Object id = manifest.getOrDefault("id", kind.equals("skill")
                ? manifest.getOrDefault("name", "") : "");
        String known = id instanceof String text && !text.isBlank() ? text.strip()
                : String.valueOf(skill.root().getFileName());
        DeclaredRules rules = ManifestRules.read(new ArtifactRef(kind, known), manifest);
        rules.problems().forEach(problem -> findings.add(finding(file, problem)));
        rules.warnings().forEach(problem -> warnings.add(finding(file, problem)));
        rules.directWrites().ifPresent(grant -> findings.add(new Finding(file, 0,
                Shim.DIRECT_YJS_WRITE.code(), "runtime.yjs.primary_doc opens the document to raw"
                        + " updates" + grant.migration().map(DirectWriteGrant.Migration::until)
                        .map(until -> " until " + until).orElse(""),
                Shim.DIRECT_YJS_WRITE.remedy())));
    }

    private static Finding finding(String file, FieldProblem problem) {
        return new Finding(file, 0, problem.code(), problem.path() + ": " + problem.message(),
                String.valueOf(problem.remedy()));
    }

    /** Plain values; first only the events are looked at, which build nothing. */
    private static Map<String, Object> values(String yaml) {
        LoadSettings settings = LoadSettings.builder().setMaxAliasesForCollections(ALIASES_MAX)
                .setCodePointLimit((int) SkillFolder.FILE_BYTES_MAX).build();
        Deque<String> open = new ArrayDeque<>();
        int events = 0;
        for (Event event : new Parse(settings).parseString(yaml)) {
            Event.ID kind = event.getEventId();
            if (event instanceof CollectionStartEvent start) {
                open.push(start.getAnchor().map(Anchor::getValue).orElse(""));
            } else if (kind == Event.ID.MappingEnd || kind == Event.ID.SequenceEnd) {
                open.pop();
            } else if (event instanceof AliasEvent alias
                    && open.contains(alias.getAlias().getValue())) {
                throw new IllegalArgumentException("a value contains itself: *" + alias.getAlias());
            }
            if (open.size() > LEVELS_MAX || ++events > EVENTS_MAX) {
                throw new IllegalArgumentException("it has more than " + LEVELS_MAX
                        + " levels or " + EVENTS_MAX + " values");
            }
        }
        if (!(new Load(settings).loadFromString(yaml) instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("it is no mapping of names to values");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((name, value) -> values.put(String.valueOf(name), value));
        return values;
    }
}
