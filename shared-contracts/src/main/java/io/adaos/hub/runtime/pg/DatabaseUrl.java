package io.adaos.hub.runtime.pg;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code postgresql://user:password@host:port/database?options}, the one address of a database.
 *
 * @param query what follows the question mark, may be empty; given to both drivers
 */
record DatabaseUrl(String user, String password, String host, int port, String name, String query) {

    private static final int DEFAULT_PORT = 5432;

    /** Tools of other languages name the driver they use after a plus; it is not ours. */
    private static final Pattern SCHEME = Pattern.compile("postgres(ql)?([+][a-z0-9]+)?");

    private static final String SHAPE = "postgresql://user:password@host:port/database";

    /** Reads the text; a password may be percent-encoded and is never repeated in a message. */
    static DatabaseUrl parse(String text) {
        URI uri = uri(text);
        boolean isKnown = uri.getScheme() != null && SCHEME.matcher(uri.getScheme()).matches();
        if (!isKnown || uri.getHost() == null) {
            throw refused("it does not start with postgresql:// and a host");
        }
        String path = uri.getPath();
        if (path == null || path.length() < 2) {
            throw refused("it names no database");
        }
        String[] user = uri.getRawUserInfo() == null
                ? new String[0] : uri.getRawUserInfo().split(":", 2);
        return new DatabaseUrl(
                user.length > 0 ? decoded(user[0]) : "",
                user.length > 1 ? decoded(user[1]) : "",
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                path.substring(1),
                uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    /** The settings of both drivers. */
    Map<String, String> settings() {
        String address = "//" + host + ":" + port + "/" + name + query;
        Map<String, String> settings = new LinkedHashMap<>();
        if (!user.isEmpty()) {
            settings.put("quarkus.datasource.username", user);
        }
        if (!password.isEmpty()) {
            settings.put("quarkus.datasource.password", password);
        }
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql:" + address);
        settings.put("quarkus.datasource.reactive.url", "postgresql:" + address);
        return settings;
    }

    private static URI uri(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            throw refused("a character at position " + e.getIndex() + " is not allowed; "
                    + "percent-encode special characters of the password");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("DATABASE_URL must be " + SHAPE + ": " + why);
    }

    @Override
    public String toString() {
        return "postgresql://" + host + ":" + port + "/" + name;
    }
}
