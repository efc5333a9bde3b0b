package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubPart;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Creates the hub's databases where they are missing. */
public final class PgDatabases {
    private static final String URL_VARIABLE = "HUB_CLI_DATABASE_SERVER";
    private static final String SECONDS = "10";

    private PgDatabases() {}

    /** In a JVM of its own; the server is in the environment, where {@code ps} does not look. */
    public static void main(String[] args) throws IOException {
        HelperJvm.perform(() -> createMissing(PgUrl.parse(System.getenv(URL_VARIABLE))));
    }

    /** Returns when all of them exist. */
    public static void ensure(PgUrl server, ToolRunner tools, DataFolder data)
            throws IOException {
        HelperJvm.run(tools, new ToolRunner.Call("looking after the databases",
                List.of(PgDatabases.class.getName()), data.root(),
                Map.of(URL_VARIABLE, server.database("postgres")), data.log("helper")));
    }

    private static void createMissing(PgUrl server) {
        List<String> missing = new ArrayList<>();
        try (Connection connection = connect(server)) {
            missing.addAll(missing(connection));
            for (String name : List.copyOf(missing)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + name + " ENCODING 'UTF8' "
                            + "TEMPLATE template0");
                }
                missing.remove(name);
            }
        } catch (SQLException e) {
            throw missing.isEmpty()
                    ? CommandFailed.because("PostgreSQL at " + server + " cannot be used: "
                                    + e.getMessage(),
                            "check that it runs and that user and password are right",
                            "unset HUB_PG_URL: then the hub runs its own PostgreSQL")
                    : CommandFailed.because("database " + missing.get(0) + " cannot be created at "
                                    + server + ": " + e.getMessage(),
                            "let an administrator create " + String.join(", ", missing)
                                    + " owned by " + server.user(),
                            "let an administrator allow it: ALTER ROLE " + server.user()
                                    + " CREATEDB");
        }
    }

    private static Connection connect(PgUrl server) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", server.user());
        properties.setProperty("password", server.password());
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("socketTimeout", SECONDS);
        return DriverManager.getConnection(server.jdbc("postgres"), properties);
    }

    private static List<String> missing(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>(HubPart.services().stream()
                .map(HubPart::database).flatMap(Optional::stream).toList());
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
            while (rows.next()) {
                missing.remove(rows.getString(1));
            }
        }
        return missing;
    }
}
