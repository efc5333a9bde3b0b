package io.adaos.hub.contracts.bus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * CloudEvents 1.0 in structured JSON around every event of the bus.
 *
 * <p>Extension attributes: {@code hubepoch} and {@code hubsequence} are the position among the
 * facts of {@code source}; {@code correlationid} ties an event to the request that caused it.
 *
 * @param id unique per source
 * @param source name of the service
 * @param type {@code io.adaos.hub.<plane>.<what>.v1}
 * @param subject id of the thing the event is about
 * @param data the record named by {@code type}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventEnvelope<T>(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        @JsonProperty("hubepoch") String epoch,
        @JsonProperty("hubsequence") Long sequence,
        @JsonProperty("correlationid") String correlationId,
        T data) {

    public static final String SPEC_VERSION = "1.0";
    public static final String JSON = "application/json";
}
