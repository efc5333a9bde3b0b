package io.adaos.hub.registry.normalize;

import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.ArtifactSource;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.InstallSpec;
import io.adaos.hub.contracts.catalog.RequiredSkills;
import io.adaos.hub.contracts.catalog.ScenarioIo;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.contracts.rules.DeclaredRules;
import io.adaos.hub.contracts.rules.ManifestRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Manifest in, catalog entry out, for both kinds and from every place manifests come from: no
 * clock, no disk, no network, and the same entry for the same input.
 *
 * <p>Identity is the manifest's {@code id}; a skill without one is known by its {@code name}, and
 * an artifact with neither by its directory. Fields that are not named here are not copied.
 * What the manifest says about the shared document is checked, too, and stays in the manifest.
 */
public final class CatalogEntryNormalizer {

    private static final String NAME_GRAMMAR =
            "letters, digits, '_', '.' and '-', begin with a letter or digit, and be at most 128 "
                    + "characters long";

    /** Stands for an id that is refused anyway. */
    private static final String UNNAMED = "unnamed";

    /** The entry of a manifest, or everything that is wrong with it. */
    public Normalized normalize(ArtifactManifest manifest) {
        ManifestFields fields = new ManifestFields(manifest.fields());
        checkName(manifest, fields);
        String id = id(manifest, fields);
        String version = version(fields);
        boolean isSkill = manifest.kind() == ArtifactKind.SKILL;
        String path = manifest.path();
        String manifestPath = path + '/' + manifest.kind().manifestFile();
        fields.mapping("runtime");
        checkRules(new ArtifactRef(manifest.kind().wire(), isName(id) ? id : UNNAMED), manifest,
                fields);
        CatalogEntry entry = new CatalogEntry(
                manifest.kind(),
                id,
                manifest.name(),
                version,
                updatedAt(fields),
                path,
                manifestPath,
                new ArtifactSource(manifest.registry(), path, manifestPath),
                new InstallSpec(manifest.kind(), manifest.name(), id),
                title(manifest, fields),
                fields.textMap("title_i18n"),
                fields.text("description").orElse(null),
                tags(fields),
                Map.of(),
                manifest.publisher(),
                id.equals(manifest.name()) ? null : id,
                isSkill ? fields.text("entry").orElse(null) : null,
                isSkill ? fields.text("runtime.python").orElse(null) : null,
                isSkill ? Activation.of(fields) : Map.of(),
                isSkill ? fields.list("tools").map(List::size).orElse(null) : null,
                isSkill ? null : fields.text("trigger").orElse(null),
                isSkill ? null : skills(fields),
                isSkill ? null : io(fields),
                null, null, null, Map.of());
        return fields.problems().isEmpty()
                ? new Normalized.Entry(entry, fields.warnings())
                : new Normalized.Rejected(fields.problems());
    }

    private static void checkName(ArtifactManifest manifest, ManifestFields fields) {
        if (!isName(manifest.name())) {
            fields.problem(manifest.name() + '/', "name_invalid",
                    "the artifact's folder '" + manifest.name() + "' must consist of "
                            + NAME_GRAMMAR,
                    "Rename the folder, or give the request a 'name'");
        }
    }

    /** A rule that could not be obeyed later is refused now, where somebody reads the answer. */
    private static void checkRules(
            ArtifactRef owner, ArtifactManifest manifest, ManifestFields fields) {
        DeclaredRules rules = ManifestRules.read(owner, manifest.fields());
        rules.problems().forEach(fields::add);
        rules.warnings().forEach(fields::addWarning);
    }

    private static boolean isName(String text) {
        return ArtifactRef.NAME.matcher(text).matches();
    }

    private static String id(ArtifactManifest manifest, ManifestFields fields) {
        Optional<String> own = fields.text("id");
        if (own.isPresent() || manifest.kind() == ArtifactKind.SCENARIO) {
            own.filter(id -> !isName(id)).ifPresent(id -> fields.problem("id", "id_invalid",
                    "the id '" + id + "' must consist of " + NAME_GRAMMAR,
                    "Choose an id such as '" + manifest.name() + "'"));
            return own.orElse(manifest.name());
        }
        Optional<String> name = fields.text("name");
        name.filter(text -> !isName(text)).ifPresent(text -> fields.problem("name", "id_invalid",
                "without an 'id' the name '" + text + "' is the skill's id, and must consist of "
                        + NAME_GRAMMAR,
                "Add 'id: " + manifest.name() + "' and keep this text as 'title'"));
        return name.orElse(manifest.name());
    }

    private static String version(ManifestFields fields) {
        boolean isText = fields.find("version")
                .map(value -> value instanceof String || value instanceof Number).orElse(true);
        String version = fields.text("version").orElse("");
        if (version.isEmpty() && isText) {
            fields.problem("version", "version_missing", "the manifest has no version",
                    "Add 'version: 1.0.0'");
        } else if (!version.isEmpty() && VersionOrder.parse(version).isEmpty()) {
            String wanted = VersionOrder.suggest(version).orElse("1.0.0");
            fields.problem("version", "version_invalid",
                    "'" + version + "' is not a SemVer version (three numbers, as in 1.4.0, with "
                            + "an optional -pre.release and +build)",
                    "Write 'version: \"" + wanted + "\"'");
        }
        return version;
    }

    private static String updatedAt(ManifestFields fields) {
        String text = fields.text("updated_at").orElse(null);
        if (text != null && ManifestInstant.parse(text).isEmpty()) {
            fields.warn("updated_at", "updated_at_invalid",
                    "'" + text + "' is not a date and time with an offset and is left out",
                    "Write it as '2026-04-07T12:00:00+00:00'");
            return null;
        }
        return text;
    }

    /** What people read; left out when it says no more than the directory name. */
    private static String title(ArtifactManifest manifest, ManifestFields fields) {
        String title = fields.text("title").or(() -> fields.text("name")).orElse(manifest.name());
        return title.equals(manifest.name()) ? null : title;
    }

    /** A list or a comma separated text; the first spelling of a tag stays. */
    private static List<String> tags(ManifestFields fields) {
        Set<String> seen = new TreeSet<>();
        List<String> tags = new ArrayList<>();
        for (String tag : fields.words("tags")) {
            if (seen.add(tag.toLowerCase(Locale.ROOT))) {
                tags.add(tag);
            }
        }
        return tags;
    }

    private static RequiredSkills skills(ManifestFields fields) {
        Set<String> required = new LinkedHashSet<>(fields.texts("depends"));
        fields.mapping("runtime.skills");
        required.addAll(fields.texts("runtime.skills.required"));
        List<String> optional = new ArrayList<>(fields.texts("runtime.skills.optional"));
        optional.removeAll(required);
        return required.isEmpty() && optional.isEmpty()
                ? null : new RequiredSkills(List.copyOf(required), optional);
    }

    private static ScenarioIo io(ManifestFields fields) {
        fields.mapping("io");
        List<String> input = fields.texts("io.input");
        List<String> output = fields.texts("io.output");
        return input.isEmpty() && output.isEmpty() ? null : new ScenarioIo(input, output);
    }
}
