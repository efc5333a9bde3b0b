package io.adaos.hub.projection.gateway;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a client says when it opens a socket.
 *
 * @param webspace the last segment of the path, as sent; empty where the path names none
 * @param origin the page behind the client; empty when it is no browser
 * @param host the host the client asked
 * @param tokens all different credentials it offers
 * @param acknowledging whether it wants to be told generations
 */
public record SocketRequest(
        String webspace,
        Optional<String> origin,
        Optional<String> host,
        List<String> tokens,
        boolean acknowledging) {

    /** Where the edge leaves the origin of the page; nobody outside can set it. */
    static final String ORIGIN_HEADER = "Hub-Page-Origin";

    private static final String TOKEN_PREFIX = "hub.token.";

    public SocketRequest {
        tokens = List.copyOf(tokens);
    }

    /**
     * Reads the request.
     *
     * @param headers all values of a header, by its name
     * @param query the query of the address, empty when there is none
     */
    public static SocketRequest of(
            String webspace, Function<String, List<String>> headers, String query) {
        Map<String, List<String>> parameters =
                new QueryStringDecoder(query, false).parameters();
        return new SocketRequest(
                webspace,
                headers.apply(ORIGIN_HEADER).stream().findFirst(),
                headers.apply("Host").stream().findFirst(),
                tokens(headers.apply("Sec-WebSocket-Protocol"),
                        parameters.getOrDefault("token", List.of())),
                parameters.getOrDefault("ack", List.of()).contains("1"));
    }

    /** The credentials in the offered subprotocols and in the query. */
    private static List<String> tokens(List<String> offered, List<String> ofQuery) {
        Set<String> found = new LinkedHashSet<>(ofQuery);
        for (String header : offered) {
            for (String protocol : header.split(",")) {
                String name = protocol.strip();
                if (name.startsWith(TOKEN_PREFIX)) {
                    found.add(name.substring(TOKEN_PREFIX.length()));
                }
            }
        }
        return List.copyOf(found);
    }
}
