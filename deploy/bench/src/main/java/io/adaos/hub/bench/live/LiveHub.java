package io.adaos.hub.bench.live;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** A whole hub as {@code hub up} starts it: packaged services, PostgreSQL, NATS, credentials. */
public final class LiveHub implements AutoCloseable {
    private static final int PORTS = 6;
    private static final int REGISTRY = 1;
    private static final int MARKETPLACE = 2;
    private static final int OPERATIONS = 3;
    private static final int PROJECTION = 4;

    private final Path root;
    private final Path data;
    private final boolean own;
    private final int portBase;
    private final Thread hook = new Thread(this::stop);

    private LiveHub(Path root, Path data, boolean own) throws IOException {
        this.root = root;
        this.data = data;
        this.own = own;
        Properties state = new Properties();
        state.load(new StringReader(Files.readString(data.resolve("run/hub.state"))));
        this.portBase = Integer.parseInt(state.getProperty("port_base"));
        if (own) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    /**
     * Starts a hub of its own in a new folder; both are gone when it is closed.
     *
     * @param root the project
     * @param environment configuration of its services
     */
    public static LiveHub start(Path root, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("hub-bench-");
        run(root, environment, "up", "--detach", "--data", data.toString(), "--port-base",
                Integer.toString(FreePorts.before(PORTS)));
        return new LiveHub(root, data, true);
    }

    /** A hub that runs already and goes on running; {@code data} is its folder. */
    public static LiveHub running(Path root, Path data) throws IOException {
        return new LiveHub(root, data, false);
    }

    private static void run(Path root, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(root.resolve("hub").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + said);
        }
    }

    /** Runs another command of the hub to its end. */
    public void command(String... arguments) throws IOException, InterruptedException {
        run(root, Map.of(), arguments);
    }

    public String registry() {
        return url(REGISTRY);
    }

    public String marketplace() {
        return url(MARKETPLACE);
    }

    public String operations() {
        return url(OPERATIONS);
    }

    public String projection() {
        return url(PROJECTION);
    }

    /** Where sockets to documents are opened. */
    public String sockets() {
        return projection().replace("http", "ws") + "/yws";
    }

    private String url(int offset) {
        return "http://127.0.0.1:" + (portBase + offset);
    }

    public String adminToken() throws IOException {
        return Files.readString(data.resolve("secrets/admin.token")).strip();
    }

    /** The keys its services know; they look at this file again when it changes. */
    public Path keysFile() {
        return data.resolve("secrets/keys.json");
    }

    /** The number of one of its processes, by the name of its pid file. */
    public long pid(String name) throws IOException {
        String text = Files.readString(data.resolve("run").resolve(name + ".pid"));
        return Long.parseLong(text.lines().findFirst().orElseThrow().strip());
    }

    @Override
    public void close() {
        if (own) {
            Runtime.getRuntime().removeShutdownHook(hook);
            stop();
        }
    }

    private void stop() {
        try {
            command("down", "--data", data.toString());
            try (Stream<Path> all = Files.walk(data)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            System.err.println("the hub in " + data + " could not be ended: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
