package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.BuildVersion;
import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.data.SecretFiles;
import io.adaos.hub.cli.supervise.ChildSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The PostgreSQL server of one hub: on loopback, with a password of its own. */
public final class PostgresServer {
    private static final String PASSWORD = "postgres.password";
    private static final String USER = "hub";
    private static final int CONNECTIONS_MAX = 200;

    private final DataFolder data;
    private final SecretFiles secrets;
    private final int port;
    private final Path cluster;

    public PostgresServer(DataFolder data, SecretFiles secrets, HubAddress address) {
        this.data = data;
        this.secrets = secrets;
        this.port = address.port(HubPart.POSTGRES);
        this.cluster = data.cluster();
    }

    /** Unpacks the programs and makes the cluster, when they are not there yet. */
    public ChildSpec prepare(ToolRunner tools, Console console) throws IOException {
        checkCluster();
        checkRoot(tools);
        Path programs = PostgresBinaries.unpackedIn(data, tools, console).resolve("bin");
        if (!Files.exists(cluster)) {
            console.line("creating the database cluster");
            initialize(programs.resolve("initdb"), tools);
        }
        String name = HubPart.POSTGRES.processName();
        return new ChildSpec(name, asUser(List.of(
                programs.resolve("postgres").toString(), "-D", cluster.toString(),
                "-c", "listen_addresses=" + HubAddress.LOOPBACK, "-c", "port=" + port,
                "-c", "unix_socket_directories=", "-c", "max_connections=" + CONNECTIONS_MAX)),
                Map.of("LC_ALL", "C"), data.pg(), data.log(name), StopRules.of(HubPart.POSTGRES),
                ReadyChecks.postgres(cluster));
    }

    public PgUrl url() throws IOException {
        return PgUrl.of(USER, secrets.readOrGenerate(PASSWORD), HubAddress.LOOPBACK + ":" + port);
    }

    /**
     * A server that was killed leaves its lock file; when its pid belongs to another program by
     * now, PostgreSQL would take that one for itself and refuse to start.
     */
    public void clearStaleLock() throws IOException {
        Path lock = cluster.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        String pid = Files.readAllLines(lock).stream().findFirst().orElse("").strip();
        Path workFolder = Path.of("/proc", pid.isEmpty() ? "0" : pid, "cwd");
        if (!Files.exists(workFolder)) {
            return;
        }
        if (Files.isSameFile(workFolder, cluster)) {
            throw CommandFailed.because("another PostgreSQL (pid " + pid + ") already serves "
                            + cluster,
                    "stop it: kill -INT " + pid, "choose another folder with --data DIR");
        }
        Files.delete(lock);
    }

    private void checkCluster() throws IOException {
        if (!Files.exists(cluster)) {
            return;
        }
        Path versionFile = cluster.resolve("PG_VERSION");
        String found = Files.exists(versionFile) ? Files.readString(versionFile).strip() : "";
        String ours = BuildVersion.postgres().replaceFirst("\\..*", "");
        if (!found.matches("[0-9]+") || !Files.exists(cluster.resolve("global/pg_control"))) {
            throw CommandFailed.because(cluster + " is not a complete PostgreSQL data folder",
                    "restore it from a backup",
                    "move it away to begin with empty databases: mv " + cluster + " "
                            + cluster + ".broken",
                    "choose another folder with --data DIR");
        }
        if (!found.equals(ours)) {
            throw CommandFailed.because(cluster + " was written by PostgreSQL " + found
                            + ", this hub runs " + ours,
                    "bring the data over with pg_upgrade or pg_dump of both versions",
                    "run a PostgreSQL " + found + " yourself and set HUB_PG_URL",
                    "choose another folder with --data DIR");
        }
        if (!secrets.has(PASSWORD)) {
            throw CommandFailed.because("the password of the databases in " + cluster
                            + " is gone: " + secrets.file(PASSWORD),
                    "restore that file from a backup",
                    "move " + cluster + " away to begin with empty databases");
        }
    }

    private void checkRoot(ToolRunner tools) throws IOException {
        if (!SystemUser.isRoot()) {
            return;
        }
        boolean works = ToolRunner.find("unshare").isPresent()
                && tools.run(new ToolRunner.Call("trying unshare", List.of("unshare", "-U", "true"),
                        data.root(), Map.of(), data.log("setup"))) == 0;
        if (!works) {
            throw CommandFailed.because("PostgreSQL refuses to run as root, and 'unshare -U' "
                            + "is missing or forbidden here",
                    "run ./hub as an ordinary user",
                    "allow user namespaces (for a container: --security-opt seccomp=unconfined)",
                    "use a server that runs already: HUB_PG_URL=postgresql://user:pw@host:port");
        }
    }

    /** Made aside and moved into place, so that a half made cluster is never taken for one. */
    private void initialize(Path initdb, ToolRunner tools) throws IOException {
        Path half = data.pg().resolve("data.half");
        AppFolder.deleteTree(half);
        secrets.readOrGenerate(PASSWORD);
        Path log = data.log("setup");
        int exitCode = tools.run(new ToolRunner.Call("creating the database cluster",
                asUser(List.of(initdb.toString(), "-D", half.toString(), "-U", USER,
                        "--pwfile=" + secrets.file(PASSWORD), "--auth=scram-sha-256",
                        "--encoding=UTF8", "--locale=C", "--data-checksums")),
                data.pg(), Map.of("LC_ALL", "C"), log));
        if (exitCode != 0) {
            throw CommandFailed.because("the database cluster cannot be created in " + half
                            + ", the last lines of " + log + ":" + System.lineSeparator() + "    "
                            + ToolRunner.tail(log, 10),
                    "correct what it names, then run this command again",
                    "use a server that runs already: HUB_PG_URL=postgresql://user:pw@host:port");
        }
        Files.move(half, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> asUser(List<String> command) {
        if (!SystemUser.isRoot()) {
            return command;
        }
        return Stream.concat(Stream.of("unshare", "-U"), command.stream()).toList();
    }
}
