package io.adaos.hub.contracts.rules;

import io.adaos.hub.contracts.id.ArtifactRef;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code runtime.yjs.primary_doc} and {@code runtime.yjs.details}. */
final class PrimaryDocReader {

    private static final String LEGACY = "legacy";
    private static final String PRIMARY_DOC = "primary_doc";

    private PrimaryDocReader() {
    }

    static Optional<DetailsRule> details(ManifestNode yjs) {
        return yjs.node("details").map(node -> new DetailsRule(
                node.flag("stream").orElse(false),
                node.flag("http").orElse(false),
                node.integer("max_bytes", 1, RuleBudget.CEILING.maxBytes())
                        .orElse(RuleBudget.DEFAULT.maxBytes())));
    }

    /** The grant, when one is asked for and nothing of it is wrong. */
    static Optional<DirectWriteGrant> grant(ManifestNode yjs, ArtifactRef owner) {
        return yjs.node(PRIMARY_DOC).flatMap(node -> grantIn(node, owner));
    }

    private static Optional<DirectWriteGrant> grantIn(ManifestNode node, ArtifactRef owner) {
        boolean wanted = node.flag("direct_write").orElse(false);
        Optional<ManifestNode> migration = node.node("migration");
        if (!wanted) {
            if (migration.isPresent() || node.has("paths")) {
                node.warn("", "direct_write_off",
                        "without 'direct_write: true' paths and migration have no effect",
                        "Leave them out, or declare data_projections instead");
            }
            return Optional.empty();
        }
        if (owner.kind().equals("scenario")) {
            node.warn("direct_write", "direct_write_ignored",
                    "a scenario has no credential and writes nothing itself", "Leave it out");
            return Optional.empty();
        }
        List<ProjectionPath> paths = paths(node, owner);
        Optional<DirectWriteGrant.Migration> until = migration.flatMap(PrimaryDocReader::until);
        return paths.isEmpty() || migration.isPresent() && until.isEmpty()
                ? Optional.empty() : Optional.of(new DirectWriteGrant(paths, until));
    }

    private static List<ProjectionPath> paths(ManifestNode node, ArtifactRef owner) {
        List<ProjectionPath> paths = new ArrayList<>();
        List<String> texts = node.texts("paths");
        if (texts.isEmpty()) {
            node.problem("paths", "direct_write_without_paths",
                    "'direct_write: true' needs the paths that are written",
                    "Add 'paths: [data/<name>/<part>]'");
        }
        for (int i = 0; i < texts.size(); i++) {
            ProjectionReader.path(node, "paths[" + i + ']', texts.get(i), owner)
                    .ifPresent(paths::add);
        }
        return paths;
    }

    private static Optional<DirectWriteGrant.Migration> until(ManifestNode node) {
        Optional<String> state = node.text("state");
        if (state.filter(LEGACY::equals).isEmpty()) {
            node.problem("state", "migration_state_unknown",
                    "the state of a migration is '" + LEGACY + "'", "Write 'state: legacy'");
        }
        Optional<String> until = node.text("until");
        Optional<Instant> end = until.flatMap(PrimaryDocReader::end);
        if (end.isEmpty()) {
            node.problem("until", "migration_without_end",
                    "a migration needs the date on which it ends",
                    "Write 'until: \"2027-01-31\"'; that day is its last, in UTC");
        }
        Optional<String> reason = node.text("reason");
        if (reason.isEmpty()) {
            node.warn("reason", "migration_without_reason",
                    "people will ask why the skill writes directly", "Add 'reason: …'");
        }
        return end.map(instant ->
                new DirectWriteGrant.Migration(instant, reason.orElse("")));
    }

    /** The end of a day in UTC, or an instant. */
    private static Optional<Instant> end(String text) {
        try {
            return Optional.of(LocalDate.parse(text).plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException notADay) {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeParseException notAnInstant) {
                return Optional.empty();
            }
        }
    }
}
