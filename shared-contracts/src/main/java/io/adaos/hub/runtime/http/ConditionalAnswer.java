package io.adaos.hub.runtime.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A JSON answer whose tag is made from its bytes: 304 exactly when nothing of it has changed. */
public final class ConditionalAnswer {

    private ConditionalAnswer() {
    }

    /** 200 with the body, or 304 when the client's tag is the body's; null means no tag. */
    public static Response of(Object body, String ifNoneMatch) {
        byte[] bytes = bytes(body);
        String etag = Etags.strongOf(bytes);
        Response.ResponseBuilder answer = Etags.matches(ifNoneMatch, etag)
                ? Response.notModified()
                : Response.ok(bytes).type(MediaType.APPLICATION_JSON_TYPE);
        return answer.header(HttpHeaders.ETAG, etag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    private static byte[] bytes(Object body) {
        try {
            return HubJson.mapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value: " + body.getClass(), e);
        }
    }
}
