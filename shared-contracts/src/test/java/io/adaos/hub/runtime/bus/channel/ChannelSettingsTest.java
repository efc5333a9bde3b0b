package io.adaos.hub.runtime.bus.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.contracts.bus.HubStreams;
import io.adaos.hub.contracts.bus.HubSubjects;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelSettingsTest {

    @Test
    void orderedChannel_readsTheWholeStreamByDefault() {
        // When
        ChannelSettings settings =
                ChannelSettings.of(config("mode=ordered stream=HUB_OPERATION"));

        // Then
        assertEquals(Optional.of(HubStreams.HUB_OPERATION), settings.stream());
        assertEquals(HubSubjects.OPERATION_ALL, settings.subject());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            none                            | 'mode' is missing
            mode=fast                       | mode must be ordered, durable or core
            mode=ordered                    | 'stream' is missing
            mode=ordered stream=OTHER       | no such stream
            mode=durable stream=HUB_CATALOG | 'durable' is missing
            mode=core                       | 'subject' is missing
            """)
    void faultyChannel_isNamedWithItsFault(String attributes, String said) {
        // When
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> ChannelSettings.of(config(attributes)));

        // Then
        assertTrue(refused.getMessage().startsWith("channel 'events': "), refused.getMessage());
        assertTrue(refused.getMessage().contains(said), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "4,8", "7,60", "400,60"})
    void retryDelay_doublesUpToAMinute(long deliveries, long seconds) {
        // When
        Duration delay = ChannelMessages.delay(Duration.ofSeconds(1), deliveries);

        // Then
        assertEquals(Duration.ofSeconds(seconds), delay);
    }

    private static Config config(String attributes) {
        Map<String, String> values = new HashMap<>(Map.of("channel-name", "events"));
        for (String attribute : attributes.split(" ")) {
            if (attribute.contains("=")) {
                values.put(attribute.split("=")[0], attribute.split("=")[1]);
            }
        }
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
    }
}
