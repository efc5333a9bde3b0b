package io.adaos.hub.projection.details;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.adaos.hub.runtime.http.Etags;
import io.adaos.hub.runtime.http.HubJson;

/**
 * One value as it is kept and answered.
 *
 * @param json UTF-8 bytes without blanks
 * @param etag strong: equal for equal bytes only
 */
record DetailsValue(byte[] json, String etag) {

    /** Writes all characters as they are, so that a value is as long as it was measured. */
    private static final ObjectWriter JSON = HubJson.mapper().writer()
            .with(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8);

    /** @param plain null, Boolean, Long, Double, String, List or Map */
    static DetailsValue of(Object plain) {
        try {
            byte[] json = JSON.writeValueAsBytes(plain);
            return new DetailsValue(json, Etags.strongOf(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a plain value: " + plain.getClass(), e);
        }
    }
}
