package io.adaos.hub.marketplace.infrastate;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * The caller's credential where the caller put it. It is passed on as it came, so that another
 * service judges the caller and not this one.
 */
public final class HttpCaller {

    @HeaderParam(HttpHeaders.AUTHORIZATION)
    public String authorization;

    @HeaderParam("X-AdaOS-Token")
    public String adaosToken;

    @HeaderParam("x-api-key")
    public String apiKey;
}
