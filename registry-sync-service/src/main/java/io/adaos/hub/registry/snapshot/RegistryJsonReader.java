package io.adaos.hub.registry.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.contracts.catalog.ArtifactKind;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.RegistrySnapshot;
import io.adaos.hub.contracts.error.FieldProblem;
import io.adaos.hub.contracts.error.HubErrorCode;
import io.adaos.hub.contracts.error.HubException;
import io.adaos.hub.contracts.id.ArtifactRef;
import io.adaos.hub.runtime.http.HubJson;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code registry.json} in format 1 or 2 and fails closed: a file that is corrupt or whose
 * names are ambiguous is refused as a whole, with every fault, and never taken for an empty one.
 *
 * <p>Unknown members of entries are kept. An entry without a name takes it from
 * {@code install.name}, then from {@code path}, then from {@code id}, as existing readers do.
 */
public final class RegistryJsonReader {

    private static final ObjectReader JSON = HubJson.mapper().reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final List<FieldProblem> problems = new ArrayList<>();
    private final Map<String, String> aliases = new HashMap<>();

    private RegistryJsonReader() {
    }

    /**
     * The snapshot in the file, its entries in the one order.
     *
     * @throws HubException CATALOG_CORRUPT with everything that is wrong
     */
    public static RegistrySnapshot read(byte[] file) {
        return new RegistryJsonReader().readFile(file);
    }

    private RegistrySnapshot readFile(byte[] file) {
        JsonNode root = parse(file);
        if (!root.isObject()) {
            throw corrupt("the root is not an object");
        }
        JsonNode version = root.path("version");
        if (!version.isMissingNode() && !version.isNull()
                && !(version.isInt() && (version.intValue() == 1 || version.intValue() == 2))) {
            report("/version", "format_unknown", "the format version is " + version);
        }
        List<CatalogEntry> skills = entries(root, ArtifactKind.SKILL);
        List<CatalogEntry> scenarios = entries(root, ArtifactKind.SCENARIO);
        if (!problems.isEmpty()) {
            throw new HubException(HubErrorCode.CATALOG_CORRUPT,
                    "registry.json cannot be taken: " + problems.get(0).message(), problems);
        }
        JsonNode updatedAt = root.path("updated_at");
        return new RegistrySnapshot(RegistrySnapshot.FORMAT,
                updatedAt.isTextual() ? updatedAt.textValue() : null, skills, scenarios);
    }

    private static JsonNode parse(byte[] file) {
        try {
            return JSON.readTree(file);
        } catch (JsonProcessingException e) {
            throw corrupt("it is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw corrupt("it is not readable text");
        }
    }

    private List<CatalogEntry> entries(JsonNode root, ArtifactKind kind) {
        List<CatalogEntry> entries = new ArrayList<>();
        JsonNode array = root.path(kind.plural());
        if (!array.isArray()) {
            if (!array.isMissingNode() && !array.isNull()) {
                report('/' + kind.plural(), "wrong_type", "'" + kind.plural() + "' is no list");
            }
            return entries;
        }
        for (int i = 0; i < array.size(); i++) {
            String path = '/' + kind.plural() + '/' + i;
            if (array.get(i) instanceof ObjectNode node) {
                entry(kind, path, node, entries);
            } else {
                report(path, "wrong_type", "an entry is no object");
            }
        }
        entries.sort(CatalogEntry.ORDER);
        return entries;
    }

    private void entry(ArtifactKind kind, String path, ObjectNode given, List<CatalogEntry> into) {
        ObjectNode node = given.deepCopy();
        String name = name(node);
        String id = node.path("id").asText(name);
        if (!node.path("kind").asText(kind.wire()).equals(kind.wire())) {
            report(path + "/kind", "kind_wrong", "the entry is in the list of another kind");
            return;
        }
        if (!ArtifactRef.NAME.matcher(name).matches() || !ArtifactRef.NAME.matcher(id).matches()) {
            report(path, "name_invalid",
                    "name '" + name + "' or id '" + id + "' is outside the grammar of names");
            return;
        }
        node.put("kind", kind.wire()).put("name", name).put("id", id);
        claim(kind, path, name, id);
        try {
            into.add(HubJson.mapper().treeToValue(node, CatalogEntry.class));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            report(path, "wrong_type", "the entry of '" + name + "' has a member of a wrong type");
        }
    }

    private static String name(ObjectNode node) {
        String[] path = node.path("path").asText("").split("/");
        String fromPath = path.length == 2 ? path[1] : node.path("id").asText("");
        return node.path("name").asText(node.at("/install/name").asText(fromPath));
    }

    /** A name or id that two entries of a kind share, case aside, could mean either. */
    private void claim(ArtifactKind kind, String path, String name, String id) {
        Set<String> folded = new LinkedHashSet<>(List.of(folded(name), folded(id)));
        for (String alias : folded) {
            String owner = aliases.putIfAbsent(kind.wire() + ':' + alias, path);
            if (owner != null) {
                report(path, "name_ambiguous",
                        "'" + alias + "' is also a name or id of the entry at " + owner);
                return;
            }
        }
    }

    private static String folded(String alias) {
        return Normalizer.normalize(alias, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private void report(String path, String code, String message) {
        problems.add(new FieldProblem(path, code, message, "Correct the file and read it again"));
    }

    private static HubException corrupt(String why) {
        return new HubException(HubErrorCode.CATALOG_CORRUPT,
                "registry.json cannot be taken: " + why);
    }
}
