package io.adaos.hub.registry.catalog;

import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.registry.normalize.VersionOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides about a publication; pure, so a dry run and a real push cannot differ.
 *
 * <p>A name or id means one artifact of its kind, case aside. An artifact keeps its name, because
 * the name is the folder it is installed in. A version never changes. The entry shows the highest
 * version, whatever the order in which versions came.
 */
final class PublishRules {

    private PublishRules() {
    }

    static PublishDecision decide(Publication publication, CatalogState state) {
        List<FieldProblem> conflicts = nameConflicts(publication.entry(), state);
        if (!conflicts.isEmpty()) {
            return new PublishDecision.Refused(new HubException(
                    HubErrorCode.NAME_CONFLICT, conflicts.get(0).message(), conflicts));
        }
        if (state.sameVersion().isPresent()) {
            return ofSameVersion(publication, state.sameVersion().get());
        }
        return state.current()
                .map(current -> beside(publication.entry(), current))
                .orElse(new PublishDecision.NewVersion(true, 1));
    }

    private static List<FieldProblem> nameConflicts(CatalogEntry entry, CatalogState state) {
        List<FieldProblem> conflicts = new ArrayList<>();
        taken("id", entry.id(), entry, state).ifPresent(conflicts::add);
        if (!entry.name().equals(entry.id())) {
            taken("name", entry.name(), entry, state).ifPresent(conflicts::add);
        }
        state.current().filter(current -> !current.name().equals(entry.name()))
                .ifPresent(current -> conflicts.add(new FieldProblem("name", "name_changed",
                        "the " + entry.kind().wire() + " '" + entry.id() + "' is published from "
                                + "the folder '" + current.name() + "', and this one is called '"
                                + entry.name() + "'",
                        "If it is the same artifact, keep the folder's name; if it is another, "
                                + "give its manifest an 'id' of its own")));
        return conflicts;
    }

    private static Optional<FieldProblem> taken(
            String field, String alias, CatalogEntry entry, CatalogState state) {
        return Optional.ofNullable(state.aliasOwners().get(Publication.folded(alias)))
                .filter(owner -> !owner.equals(entry.id()))
                .map(owner -> new FieldProblem(field, "name_taken",
                        "the " + field + " '" + alias + "' is a name or id of the "
                                + entry.kind().wire() + " '" + owner + "'",
                        "Choose another " + field + "; case does not tell two artifacts apart"));
    }

    private static PublishDecision ofSameVersion(
            Publication publication, CatalogState.StoredVersion stored) {
        String contentDigest = publication.archive().contentDigest();
        if (stored.contentDigest().equals(contentDigest)) {
            return new PublishDecision.Unchanged(stored);
        }
        CatalogEntry entry = publication.entry();
        String message = "version " + entry.version() + " of the " + entry.kind().wire() + " '"
                + entry.id() + "' is published with other content";
        return new PublishDecision.Refused(new HubException(HubErrorCode.VERSION_CONFLICT, message,
                List.of(new FieldProblem("version", "version_conflict", message,
                        "Raise the version in the manifest and push again")),
                Map.of("published_content_digest", stored.contentDigest(),
                        "content_digest", contentDigest)));
    }

    private static PublishDecision beside(CatalogEntry entry, CatalogEntry current) {
        boolean isHigher = VersionOrder.parse(entry.version()).orElseThrow()
                .compareTo(VersionOrder.parse(current.version()).orElseThrow()) > 0;
        return isHigher
                ? new PublishDecision.NewVersion(true, current.revision() + 1)
                : new PublishDecision.NewVersion(false, current.revision());
    }
}
