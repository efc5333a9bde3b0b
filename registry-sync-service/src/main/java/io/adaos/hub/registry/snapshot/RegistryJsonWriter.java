package io.adaos.hub.registry.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.RegistrySnapshot;
import io.adaos.hub.registry.normalize.ManifestInstant;
import io.adaos.hub.runtime.http.HubJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes {@code registry.json}: the same entries give the same bytes, in whatever order they came
 * and wherever this runs.
 *
 * <p>UTF-8, two spaces of indent, one item a line, characters outside ASCII as they are, and a line
 * feed at the end: the layout of the files that exist.
 */
public final class RegistryJsonWriter {

    private static final ObjectWriter JSON = HubJson.mapper().writer(layout());

    private RegistryJsonWriter() {
    }

    /** The bytes of the file. */
    public static byte[] write(RegistrySnapshot snapshot) {
        try {
            return (JSON.writeValueAsString(snapshot) + '\n').getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a catalog entry is always plain JSON", e);
        }
    }

    /** The snapshot of these entries, without the members that depend on the order of arrival. */
    public static RegistrySnapshot snapshot(Collection<CatalogEntry> entries) {
        return new RegistrySnapshot(RegistrySnapshot.FORMAT, latest(entries).orElse(null),
                sorted(entries, ArtifactKind.SKILL), sorted(entries, ArtifactKind.SCENARIO));
    }

    private static List<CatalogEntry> sorted(Collection<CatalogEntry> entries, ArtifactKind kind) {
        return entries.stream()
                .filter(entry -> entry.kind() == kind)
                .sorted(CatalogEntry.ORDER)
                .map(CatalogEntry::published)
                .toList();
    }

    private static Optional<String> latest(Collection<CatalogEntry> entries) {
        Optional<Instant> latest = entries.stream()
                .map(CatalogEntry::updatedAt)
                .filter(Objects::nonNull)
                .flatMap(text -> ManifestInstant.parse(text).stream())
                .max(Comparator.naturalOrder());
        return latest.map(ManifestInstant::format);
    }

    private static DefaultPrettyPrinter layout() {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(separators)
                .withObjectIndenter(indent)
                .withArrayIndenter(indent);
    }
}
