package io.adaos.hub.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;

/** The versions this command line was built with: its own and that of its PostgreSQL. */
public final class BuildVersion implements CommandLine.IVersionProvider {
    private static final Properties BUILT_WITH = read();

    public static String hub() {
        return BUILT_WITH.getProperty("version");
    }

    public static String postgres() {
        return BUILT_WITH.getProperty("postgres");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"hub " + hub()};
    }

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream("/hub-cli.properties")) {
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
