package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.CommandFailed;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A PostgreSQL server and the user by whom the hub uses it, without a database. */
public final class PgUrl {
    private static final String SHAPE = "postgresql://user:pw@host:port";
    private static final int DEFAULT_PORT = 5432;

    private final String rawUserInfo;
    private final String hostAndPort;
    private final String rawQuery;

    private PgUrl(String rawUserInfo, String hostAndPort, String rawQuery) {
        this.rawUserInfo = rawUserInfo;
        this.hostAndPort = hostAndPort;
        this.rawQuery = rawQuery;
    }

    static PgUrl of(String user, String password, String hostAndPort) {
        return new PgUrl(user + ":" + password, hostAndPort, "");
    }

    /** Understands {@code HUB_PG_URL}; a database in it is ignored, the hub has its own. */
    public static PgUrl parse(String text) {
        try {
            URI uri = URI.create(text.strip());
            boolean ours = "postgresql".equals(uri.getScheme())
                    || "postgres".equals(uri.getScheme());
            if (ours && uri.getHost() != null && uri.getRawUserInfo() != null) {
                int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
                String query = Optional.ofNullable(uri.getRawQuery()).orElse("");
                return new PgUrl(uri.getRawUserInfo(), uri.getHost() + ":" + port, query);
            }
        } catch (IllegalArgumentException e) {
            throw misshapen();
        }
        throw misshapen();
    }

    /** What a service takes as {@code DATABASE_URL}. */
    public String database(String name) {
        return "postgresql://" + rawUserInfo + "@" + hostAndPort + "/" + name + query();
    }

    String jdbc(String database) {
        return "jdbc:postgresql://" + hostAndPort + "/" + database + query();
    }

    String user() {
        return decoded(rawUserInfo.split(":", 2)[0]);
    }

    String password() {
        String[] parts = rawUserInfo.split(":", 2);
        return parts.length == 2 ? decoded(parts[1]) : "";
    }

    /** Without the password: fit for a message. */
    @Override
    public String toString() {
        return "postgresql://" + hostAndPort;
    }

    private String query() {
        return rawQuery.isEmpty() ? "" : "?" + rawQuery;
    }

    /** In the user part of a URL a plus sign is a plus sign. */
    private static String decoded(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static CommandFailed misshapen() {
        return CommandFailed.usage("HUB_PG_URL cannot be understood",
                "write it as " + SHAPE + " (special characters percent-encoded)",
                "unset it: then the hub runs its own PostgreSQL");
    }
}
