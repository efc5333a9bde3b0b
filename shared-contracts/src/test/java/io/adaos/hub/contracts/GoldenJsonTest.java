package io.adaos.hub.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.adaos.hub.contracts.action.ActionPublished;
import io.adaos.hub.contracts.bus.EventEnvelope;
import io.adaos.hub.contracts.bus.ServiceHead;
import io.adaos.hub.contracts.catalog.CatalogEntry;
import io.adaos.hub.contracts.catalog.CatalogEntryUpserted;
import io.adaos.hub.contracts.catalog.RegistrySnapshot;
import io.adaos.hub.contracts.error.Problem;
import io.adaos.hub.contracts.listing.MarketplaceRow;
import io.adaos.hub.contracts.notification.OperationNotification;
import io.adaos.hub.contracts.operation.OperationChanged;
import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.contracts.projection.LegacyToast;
import io.adaos.hub.contracts.projection.RuntimeBranch;
import io.adaos.hub.contracts.status.Connectivity;
import io.adaos.hub.contracts.status.StateSync;
import io.adaos.hub.contracts.status.WebspaceStatus;
import io.adaos.hub.contracts.status.YjsPressure;
import io.adaos.hub.runtime.http.HubJson;
import io.adaos.hub.testing.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenJsonTest {

    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    private static final Path SAMPLES = Path.of("src/test/resources/golden");
    private static final String NO_SCHEMA = "";

    static Stream<Arguments> samples() {
        return Stream.concat(plainSamples(), statusSamples());
    }

    private static Stream<Arguments> plainSamples() {
        return Stream.of(
                sample("action-published", "action-published",
                        new TypeReference<ActionPublished>() { }),
                sample("catalog-entry-skill", "catalog-entry",
                        new TypeReference<CatalogEntry>() { }),
                sample("catalog-entry-scenario", "catalog-entry",
                        new TypeReference<CatalogEntry>() { }),
                sample("registry-snapshot", "registry-snapshot",
                        new TypeReference<RegistrySnapshot>() { }),
                sample("registry-snapshot-empty", "registry-snapshot",
                        new TypeReference<RegistrySnapshot>() { }),
                sample("marketplace-row-installable", "marketplace-row",
                        new TypeReference<MarketplaceRow>() { }),
                sample("marketplace-row-installed", "marketplace-row",
                        new TypeReference<MarketplaceRow>() { }),
                sample("marketplace-row-held", "marketplace-row",
                        new TypeReference<MarketplaceRow>() { }),
                sample("operation-state-running", "operation-state",
                        new TypeReference<OperationState>() { }),
                sample("operation-state-failed", "operation-state",
                        new TypeReference<OperationState>() { }),
                sample("operation-state-succeeded", "operation-state",
                        new TypeReference<OperationState>() { }),
                sample("operation-state-waiting-input", "operation-state",
                        new TypeReference<OperationState>() { }),
                sample("operation-notification", "operation-notification",
                        new TypeReference<OperationNotification>() { }),
                sample("operation-notification-read", "operation-notification",
                        new TypeReference<OperationNotification>() { }),
                sample("runtime-branch", "runtime-branch", new TypeReference<RuntimeBranch>() { }),
                sample("runtime-branch-empty", "runtime-branch",
                        new TypeReference<RuntimeBranch>() { }),
                sample("legacy-toasts", "legacy-toasts",
                        new TypeReference<List<LegacyToast>>() { }),
                sample("event-catalog-upserted", "event-envelope",
                        new TypeReference<EventEnvelope<CatalogEntryUpserted>>() { }),
                sample("event-operation-changed", "event-envelope",
                        new TypeReference<EventEnvelope<OperationChanged>>() { }),
                sample("event-parked", "event-envelope",
                        new TypeReference<EventEnvelope<Map<String, String>>>() { }),
                sample("problem", "problem", new TypeReference<Problem>() { }),
                sample("problem-with-members", "problem", new TypeReference<Problem>() { }),
                sample("service-head", NO_SCHEMA, new TypeReference<ServiceHead>() { }));
    }

    private static Stream<Arguments> statusSamples() {
        return Stream.of(
                sample("connectivity-node", "connectivity",
                        new TypeReference<Connectivity>() { }),
                sample("connectivity-session", "connectivity",
                        new TypeReference<Connectivity>() { }),
                sample("connectivity-disabled", "connectivity",
                        new TypeReference<Connectivity>() { }),
                sample("state-sync-ready", "state-sync",
                        new TypeReference<StateSync>() { }),
                sample("state-sync-stale", "state-sync",
                        new TypeReference<StateSync>() { }),
                sample("state-sync-disconnected", "state-sync",
                        new TypeReference<StateSync>() { }),
                sample("yjs-pressure-throttle", "yjs-pressure",
                        new TypeReference<YjsPressure>() { }),
                sample("yjs-pressure-ok", "yjs-pressure",
                        new TypeReference<YjsPressure>() { }),
                sample("webspace-status", "webspace-status",
                        new TypeReference<WebspaceStatus>() { }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void sample_isByteEqualAfterReadingAndWriting(String name, String schema, JavaType type)
            throws JsonProcessingException {
        // Given
        String golden = GoldenFiles.read(name + ".json");

        // When
        Object value = HubJson.mapper().readValue(golden, type);

        // Then
        assertEquals(golden, GoldenFiles.print(value));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void sample_isValid(String name, String schema, JavaType type) throws IOException {
        // Given
        String golden = GoldenFiles.read(name + ".json");

        // When
        List<String> faults = schema.equals(NO_SCHEMA) ? List.of() : faults(schema, golden);

        // Then
        assertEquals(List.of(), faults);
    }

    @Test
    void everySample_isTested_andEverySchemaHasOne() throws IOException {
        // When
        List<String> names = samples().map(sample -> sample.get()[0] + ".json").sorted().toList();
        TreeSet<String> schemas = new TreeSet<>();
        samples().forEach(sample -> schemas.add(sample.get()[1] + ".schema.json"));
        schemas.remove(NO_SCHEMA + ".schema.json");

        // Then
        assertEquals(files(SAMPLES), names);
        assertEquals(files(SCHEMAS), List.copyOf(schemas));
    }

    /** The published catalog is a catalog and nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"runtime", "queue", "operations", "nodes", "clients", "notifications"})
    void registrySnapshot_withRuntimeState_isInvalid(String member) throws IOException {
        // Given
        ObjectNode snapshot = (ObjectNode) HubJson.mapper()
                .readTree(GoldenFiles.read("registry-snapshot.json"));

        // When
        snapshot.putObject(member);

        // Then
        assertFalse(faults("registry-snapshot", snapshot.toString()).isEmpty());
    }

    /** What depends on a node or on the order of arrival does not belong into an entry either. */
    @ParameterizedTest
    @ValueSource(strings = {"revision", "digest", "installed", "status", "operation_id"})
    void registrySnapshotEntry_withStateOfANode_isInvalid(String member) throws IOException {
        // Given
        ObjectNode snapshot = (ObjectNode) HubJson.mapper()
                .readTree(GoldenFiles.read("registry-snapshot.json"));

        // When
        ((ObjectNode) snapshot.at("/skills/0")).put(member, "1");

        // Then
        assertFalse(faults("registry-snapshot", snapshot.toString()).isEmpty());
    }

    private static Arguments sample(String name, String schema, TypeReference<?> type) {
        return Arguments.of(name, schema, HubJson.mapper().constructType(type));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> faults(String schema, String json) throws IOException {
        return schema(schema).validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder ->
                        builder.schemas(GoldenJsonTest::schemaText)
                                .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .build()))
                .getSchema(SchemaLocation.of("urn:hub:schema:" + name));
    }

    /** Schemas refer to each other by {@code urn:hub:schema:<name>}. */
    private static String schemaText(String id) {
        if (!id.startsWith("urn:hub:schema:")) {
            return null;
        }
        try {
            return Files.readString(SCHEMAS.resolve(
                    id.substring("urn:hub:schema:".length()) + ".schema.json"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
