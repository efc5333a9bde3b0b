package io.adaos.hub.registry.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.Publisher;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.registry.catalog.ArchiveFacts;
import io.adaos.hub.registry.catalog.Provenance;
import io.adaos.hub.registry.catalog.Publication;
import io.adaos.hub.registry.normalize.ArtifactManifest;
import io.adaos.hub.registry.normalize.CatalogEntryNormalizer;
import io.adaos.hub.registry.normalize.ManifestDocument;
import io.adaos.hub.registry.normalize.ManifestReader;
import io.adaos.hub.registry.normalize.Normalized;
import io.adaos.hub.registry.normalize.YamlLimits;
import io.adaos.hub.runtime.archive.ArchiveContents;
import io.adaos.hub.runtime.archive.ArchiveLimits;
import io.adaos.hub.runtime.archive.ArchiveReader;
import io.adaos.hub.runtime.archive.ArchivedFile;
import io.adaos.hub.runtime.archive.CapturedFiles;
import io.adaos.hub.runtime.archive.ContentDigest;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a push by its archive alone: reads it to the end, finds the manifest, makes the entry, and
 * gathers everything that is wrong. Knows nothing of what is published already.
 */
public final class ArtifactInspector {

    /** A page of the catalog holds 500 entries, and readers hold all of them. */
    private static final int ENTRY_CHARS_MAX = 16_000;
    private static final Set<String> VERSION_CODES = Set.of("version_missing", "version_invalid");
    private static final String UNNAMED = "unnamed";

    private final String registry;
    private final ArchiveReader archives;
    private final YamlLimits yamlLimits;
    private final ManifestReader manifests;
    private final CatalogEntryNormalizer normalizer = new CatalogEntryNormalizer();

    /** For the registry of this name, with these limits. */
    public ArtifactInspector(String registry, ArchiveLimits limits, YamlLimits yamlLimits) {
        this.registry = registry;
        this.archives = new ArchiveReader(limits);
        this.yamlLimits = yamlLimits;
        this.manifests = new ManifestReader(yamlLimits);
    }

    /** A push that is sound, and what its publisher should know. */
    record Inspected(Publication publication, List<FieldProblem> warnings) {
        Inspected {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The publication in this push.
     *
     * @throws HubException with all that is wrong
     */
    Inspected inspect(PushRequest request) {
        PushProblems problems = new PushProblems();
        problems.addAll(HubErrorCode.REQUEST_INVALID, request.fields().problems());
        try {
            String digest = ContentDigest.ofFile(request.archive());
            checkDigest(request, digest, problems);
            CapturedFiles captured = new CapturedFiles(
                    new ManifestSearch(request.kind()), yamlLimits.bytesMax());
            ArchiveReader.Findings found = archives.examine(request.archive(), captured);
            found.refusals().forEach(problems::add);
            return inspect(request, new Opened(digest, found, captured), problems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkDigest(PushRequest request, String digest, PushProblems problems) {
        String expected = request.fields().digest();
        if (expected != null && !expected.equals(digest)) {
            problems.add(HubErrorCode.DIGEST_MISMATCH, new FieldProblem("/sha256",
                    "digest_mismatch", "the archive has " + digest + ", announced was " + expected,
                    "Send the archive again; compute the digest over the bytes that are sent"));
            problems.refuse();
        }
    }

    private Inspected inspect(PushRequest request, Opened opened, PushProblems problems)
            throws IOException {
        List<FieldProblem> warnings = new ArrayList<>(request.warnings());
        String name = name(request, opened, problems, warnings);
        Optional<Map<String, Object>> manifest = manifest(request, opened, problems, warnings);
        if (manifest.isEmpty()) {
            problems.refuse();
        }
        Map<String, Object> fields = manifest.orElseThrow();
        Normalized normalized = normalizer.normalize(new ArtifactManifest(request.kind(), name,
                registry, new Publisher(request.sender().subject(), request.fields().nodeId()),
                fields));
        if (normalized instanceof Normalized.Rejected rejected) {
            problems.addAll(codeOf(rejected.problems()), rejected.problems());
        }
        problems.refuse();
        Normalized.Entry taken = (Normalized.Entry) normalized;
        warnings.addAll(taken.warnings());
        checkSize(taken.entry(), problems);
        PushFields said = request.fields();
        return new Inspected(new Publication(taken.entry(), json(fields), facts(request, opened),
                new Provenance(request.sender().subject(), said.message(), said.metadata(),
                        request.sender().correlationId())), warnings);
    }

    /** The top folder is the name, unless the request gives one. */
    private static String name(PushRequest request, Opened opened,
            PushProblems problems, List<FieldProblem> warnings) {
        String given = request.fields().name();
        Optional<String> folder = opened.contents().topFolder();
        if (given == null && folder.isEmpty()) {
            if (opened.found().isWhole() && !opened.contents().files().isEmpty()) {
                problems.add(HubErrorCode.REQUEST_INVALID, new FieldProblem("/name",
                        "name_missing",
                        "the archive has no single top folder, so the artifact has no name",
                        "Pack the artifact's folder itself, or send its name in 'name'"));
            }
            return UNNAMED;
        }
        if (given != null && folder.isPresent() && !folder.get().equals(given)) {
            warnings.add(new FieldProblem("/name", "name_overrides_folder",
                    "the artifact is called '" + given + "' as the request says, and not '"
                            + folder.get() + "' as its folder",
                    "Leave 'name' out, or rename the folder, when this was not intended"));
        }
        return given == null ? folder.get() : given;
    }

    private Optional<Map<String, Object>> manifest(PushRequest request, Opened opened,
            PushProblems problems, List<FieldProblem> warnings) {
        ManifestSearch search = new ManifestSearch(request.kind());
        List<String> paths = opened.contents().files().stream().map(ArchivedFile::path).toList();
        warnings.addAll(search.ignored(paths));
        String file = request.kind().manifestFile();
        if (!paths.contains(file) && opened.mayHold(file)) {
            return Optional.empty();
        }
        if (!search.find(paths, problems)) {
            return Optional.empty();
        }
        String rawPath = opened.contents().rawPath(file);
        if (opened.captured().isTooLong(rawPath)) {
            problems.add(HubErrorCode.MANIFEST_REJECTED, ManifestReader.tooLong(file, yamlLimits));
            return Optional.empty();
        }
        ManifestDocument document =
                manifests.read(file, opened.captured().content(rawPath).orElseThrow());
        problems.addAll(HubErrorCode.MANIFEST_REJECTED, document.problems());
        return document.root();
    }

    private static HubErrorCode codeOf(List<FieldProblem> problems) {
        if (problems.size() > 1 || !VERSION_CODES.contains(problems.get(0).code())) {
            return HubErrorCode.MANIFEST_REJECTED;
        }
        return problems.get(0).code().equals(HubErrorCode.VERSION_MISSING.code())
                ? HubErrorCode.VERSION_MISSING : HubErrorCode.VERSION_INVALID;
    }

    private static void checkSize(CatalogEntry entry, PushProblems problems) {
        int length = json(entry).length();
        if (length > ENTRY_CHARS_MAX) {
            problems.add(HubErrorCode.MANIFEST_REJECTED, new FieldProblem("", "entry_too_big",
                    "what the catalog shows of this manifest has " + length
                            + " characters, allowed are " + ENTRY_CHARS_MAX,
                    "Shorten description, tags and lists of names"));
            problems.refuse();
        }
    }

    private static ArchiveFacts facts(PushRequest request, Opened opened) throws IOException {
        ArchiveContents contents = opened.contents();
        return new ArchiveFacts(opened.digest(), contents.contentDigest(),
                Files.size(request.archive()), contents.unpackedBytes(), contents.files().size());
    }

    private static String json(Object value) {
        try {
            return HubJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from YAML is always plain JSON", e);
        }
    }

    /** An archive that was read as far as it can be; its contents are what is sound in it. */
    private record Opened(
            String digest, ArchiveReader.Findings found, CapturedFiles captured) {

        ArchiveContents contents() {
            return found.sound();
        }

        /** A file that is not among the sound ones may be unseen, or be refused for itself. */
        boolean mayHold(String file) {
            return !found.isWhole() || found.refusals().stream()
                    .flatMap(refusal -> refusal.errors().stream())
                    .anyMatch(fault -> fault.path().equals(file)
                            || fault.path().endsWith('/' + file));
        }
    }
}
