package io.adaos.hub.registry.push;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the one manifest of an artifact, and says what is there instead when it is missing. */
final class ManifestSearch implements Predicate<String> {

    private static final Map<ArtifactKind, Set<String>> ALTERNATES = Map.of(
            ArtifactKind.SKILL, Set.of("skill.yml", "skill.json", "manifest.yaml", "manifest.yml",
                    "manifest.json", "adaos.skill.yaml"),
            ArtifactKind.SCENARIO, Set.of("scenario.yml", "scenario.json"));

    /** A copy that existing tools write beside the manifest. */
    private static final String DERIVED_COPY = "scenario.json";

    private final ArtifactKind kind;
    private String topFolder;

    ManifestSearch(ArtifactKind kind) {
        this.kind = kind;
    }

    /**
     * Which files to keep while the archive is read: manifests at the top or in the first folder.
     * When one folder holds everything it is the first, so no more than four can be kept.
     */
    @Override
    public boolean test(String rawPath) {
        int slash = rawPath.indexOf('/');
        if (slash < 0) {
            return isManifest(rawPath);
        }
        if (topFolder == null) {
            topFolder = rawPath.substring(0, slash);
        }
        return rawPath.startsWith(topFolder + '/') && isManifest(rawPath.substring(slash + 1));
    }

    /** Reports a manifest that is missing, of another kind, or not the only one. */
    boolean find(List<String> paths, PushProblems problems) {
        boolean hasOwn = paths.contains(kind.manifestFile());
        boolean hasOther = paths.contains(other().manifestFile());
        if (hasOwn && hasOther) {
            problems.add(HubErrorCode.MANIFEST_REJECTED, new FieldProblem(
                    other().manifestFile(), "manifest_ambiguous",
                    "there are two manifests, " + kind.manifestFile() + " and "
                            + other().manifestFile(),
                    "Keep the manifest of the " + kind.wire() + " only"));
        } else if (hasOther) {
            problems.add(HubErrorCode.MANIFEST_MISSING, new FieldProblem(
                    other().manifestFile(), "manifest_of_other_kind",
                    "this is a " + other().wire() + ": it has a " + other().manifestFile()
                            + " and no " + kind.manifestFile(),
                    "Push it to /v1/" + other().plural()));
        } else if (!hasOwn) {
            problems.add(HubErrorCode.MANIFEST_MISSING, missing(paths));
        }
        return hasOwn;
    }

    /** Files that look like manifests and are not read. */
    List<FieldProblem> ignored(List<String> paths) {
        return paths.stream()
                .filter(path -> ALTERNATES.get(kind).contains(path) && !path.equals(DERIVED_COPY))
                .map(path -> new FieldProblem(path, "manifest_alternate_ignored",
                        "'" + path + "' is not read; the manifest is " + kind.manifestFile(),
                        "Remove it when nothing else needs it"))
                .toList();
    }

    private FieldProblem missing(List<String> paths) {
        String wanted = kind.manifestFile();
        Optional<String> alternate = paths.stream()
                .filter(path -> ALTERNATES.get(kind).contains(path)
                        || path.equalsIgnoreCase(wanted))
                .findFirst();
        if (alternate.isPresent()) {
            String found = alternate.get();
            return new FieldProblem(found, "manifest_misnamed",
                    "there is no " + wanted + ", only '" + found + "', which is not read",
                    found.endsWith(".json")
                            ? "Save its content as " + wanted + "; JSON without tabs is valid YAML"
                            : "Rename it to " + wanted);
        }
        Optional<String> deeper = paths.stream()
                .filter(path -> path.endsWith('/' + wanted)).findFirst();
        return deeper
                .map(path -> new FieldProblem(path, "manifest_too_deep_in",
                        "the manifest is at '" + path + "' and not at the top",
                        "Pack the folder that holds " + wanted + ", one artifact per archive"))
                .orElse(new FieldProblem(wanted, "manifest_missing",
                        "there is no " + wanted + " at the top of the artifact",
                        "Add a " + wanted + " with at least 'name' and 'version'"));
    }

    private ArtifactKind other() {
        return switch (kind) {
            case SKILL -> ArtifactKind.SCENARIO;
            case SCENARIO -> ArtifactKind.SKILL;
        };
    }

    private static boolean isManifest(String file) {
        return file.equals(ArtifactKind.SKILL.manifestFile())
                || file.equals(ArtifactKind.SCENARIO.manifestFile());
    }
}
