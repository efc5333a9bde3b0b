package io.adaos.hub.cli.up;

import io.adaos.hub.cli.BuildVersion;
import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.HubKeys;
import io.adaos.hub.cli.data.HubLock;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.data.HubState;
import io.adaos.hub.cli.data.SecretFiles;
import io.adaos.hub.cli.parts.AppFolder;
import io.adaos.hub.cli.parts.NatsServer;
import io.adaos.hub.cli.parts.PgDatabases;
import io.adaos.hub.cli.parts.PgUrl;
import io.adaos.hub.cli.parts.PostgresServer;
import io.adaos.hub.cli.parts.ReadyChecks;
import io.adaos.hub.cli.parts.ServiceBuild;
import io.adaos.hub.cli.parts.ServiceChildren;
import io.adaos.hub.cli.parts.StopRules;
import io.adaos.hub.cli.parts.ToolRunner;
import io.adaos.hub.cli.supervise.ChildFailed;
import io.adaos.hub.cli.supervise.ChildSpec;
import io.adaos.hub.cli.supervise.Leftovers;
import io.adaos.hub.cli.supervise.PidFiles;
import io.adaos.hub.cli.supervise.ProcessIdentity;
import io.adaos.hub.cli.supervise.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Brings one hub up, step by step, then stays as its supervisor until it is told to stop. */
final class HubStart {
    private static final Duration INFRASTRUCTURE_WITHIN = Duration.ofSeconds(60);
    private static final Duration SERVICES_WITHIN = Duration.ofSeconds(120);
    private static final int TAIL_LINES = 8;

    private final UpOptions options;
    private final DataFolder data;
    private final HubAddress address;
    private final Console console;
    private final ToolRunner tools;
    private final PidFiles pidFiles;
    private final Supervisor supervisor;
    private final SecretFiles secrets;
    private final HubKeys keys;
    private final AppFolder apps;

    HubStart(UpOptions options, Console console) {
        this.options = options;
        this.data = options.data();
        this.address = options.address();
        this.console = (options.detached() ? Console.unseen() : console)
                .alsoTo(data.log("hub"));
        this.tools = new ToolRunner(this.console);
        this.pidFiles = new PidFiles(data.run());
        this.supervisor = new Supervisor(pidFiles, options.restart(), this.console::line);
        this.secrets = new SecretFiles(data);
        this.keys = new HubKeys(secrets);
        this.apps = new AppFolder(options.home(), data);
    }

    /** Returns the exit code, when the hub has been stopped or was running already. */
    int run() throws IOException {
        Optional<HubLock> lock = HubLock.tryAcquire(data);
        if (lock.isEmpty()) {
            return options.detached() ? 0 : RunningHub.show(options, console);
        }
        HubState state = new HubState(ProcessHandle.current().pid(), HubState.Phase.STARTING,
                address, 0, EnumSet.copyOf(own(part -> true)));
        Thread stop = new Thread(() -> {
            stopEverything(state);
            console.line("hub stopped");
        });
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            announce(state);
            start();
            HubState ready = state.readyAfter(options.since().seconds());
            ready.write(data);
            if (!options.detached()) {
                ReadyLines.show(ready, data, console);
            }
            Logs logs = new Logs(data, console, !options.detached());
            supervisor.watch(logs::look);
            return awaitTheEnd(stop);
        } catch (CommandFailed | IOException e) {
            if (supervisor.isStopping()) {
                return awaitTheEnd(stop);
            }
            Runtime.getRuntime().removeShutdownHook(stop);
            stopEverything(state);
            stopLeftovers(Arrays.asList(HubPart.values()));
            throw e;
        }
    }

    private void start() throws IOException {
        PortCheck.requireFree(address, own(part ->
                pidFiles.findAlive(part.processName()).isEmpty()));
        new ServiceBuild(options.home(), tools, console).buildWhatIsStale(data.log("build"));
        keys.prepare(options.home().variable("HUB_TOKEN"));

        List<ChildSpec> infrastructure = new ArrayList<>();
        String natsUrl = nats(infrastructure);
        PostgresServer postgres = new PostgresServer(data, secrets, address);
        PgUrl databases = postgres(postgres, infrastructure);
        List<ChildSpec> services =
                new ServiceChildren(data, address, keys, natsUrl).children(apps, databases);

        Set<HubPart> running = takeOver(infrastructure, services);
        PortCheck.requireFree(address, own(part -> !running.contains(part)));
        apps.prune();
        if (hasOwnPostgres() && !running.contains(HubPart.POSTGRES)) {
            postgres.clearStaleLock();
        }
        bringUp(infrastructure, INFRASTRUCTURE_WITHIN);
        PgDatabases.ensure(databases, tools, data);
        bringUp(services, SERVICES_WITHIN);
    }

    private void announce(HubState state) throws IOException {
        ProcessIdentity own = ProcessIdentity.of(state.pid()).orElseThrow();
        pidFiles.write("hub", new PidFiles.Entry(own, BuildVersion.hub()));
        state.write(data);
    }

    private String nats(List<ChildSpec> infrastructure) throws IOException {
        Optional<String> given = options.home().variable("HUB_NATS_URL");
        if (given.isPresent()) {
            requireNats(given.get());
            return given.get();
        }
        NatsServer server = new NatsServer(data, secrets, address);
        Path program = NatsServer.require(tools, console, data.log("setup"));
        infrastructure.add(server.child(program));
        return server.url();
    }

    private static void requireNats(String url) {
        try {
            URI uri = URI.create(url);
            int port = uri.getPort() < 0 ? 4222 : uri.getPort();
            if (uri.getHost() != null && ReadyChecks.nats(uri.getHost(), port)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage("HUB_NATS_URL cannot be understood",
                    "write it as nats://user:pw@host:port");
        }
        throw CommandFailed.because("no NATS server answers at HUB_NATS_URL",
                "check that it runs and that host and port are right",
                "unset HUB_NATS_URL: then the hub runs its own NATS server");
    }

    private PgUrl postgres(PostgresServer own, List<ChildSpec> infrastructure)
            throws IOException {
        Optional<String> given = options.home().variable("HUB_PG_URL");
        if (given.isPresent()) {
            return PgUrl.parse(given.get());
        }
        infrastructure.add(own.prepare(tools, console));
        return own.url();
    }

    private boolean hasOwnPostgres() {
        return options.home().variable("HUB_PG_URL").isEmpty();
    }

    private boolean hasOwnNats() {
        return options.home().variable("HUB_NATS_URL").isEmpty();
    }

    private List<HubPart> own(Predicate<HubPart> wanted) {
        return Arrays.stream(HubPart.values())
                .filter(part -> part != HubPart.NATS || hasOwnNats())
                .filter(part -> part != HubPart.POSTGRES || hasOwnPostgres())
                .filter(wanted)
                .toList();
    }

    /** Keeps what a killed supervisor left and what still fits, stops the rest of it. */
    private Set<HubPart> takeOver(List<ChildSpec> infrastructure, List<ChildSpec> services)
            throws IOException {
        Set<String> adopted = new HashSet<>();
        for (List<ChildSpec> group : List.of(infrastructure, services)) {
            group.stream().filter(supervisor::adopt).map(ChildSpec::name).forEach(adopted::add);
        }
        List<HubPart> others = Arrays.stream(HubPart.values())
                .filter(part -> !adopted.contains(part.processName()))
                .toList();
        stopLeftovers(others);
        Set<HubPart> running = new HashSet<>(Arrays.asList(HubPart.values()));
        others.forEach(running::remove);
        return running;
    }

    private void bringUp(List<ChildSpec> children, Duration within) throws IOException {
        List<ChildSpec> missing = children.stream()
                .filter(child -> !supervisor.supervises(child.name())).toList();
        List<String> names = missing.stream().map(ChildSpec::name).toList();
        if (names.isEmpty() || supervisor.isStopping()) {
            return;
        }
        console.line("starting " + String.join(", ", names));
        for (ChildSpec child : missing) {
            supervisor.start(child);
        }
        try {
            supervisor.awaitReady(names, within);
        } catch (ChildFailed e) {
            Path log = e.spec().log();
            throw CommandFailed.because(e.getMessage() + ", the last lines of " + log + ":"
                            + System.lineSeparator() + "    " + ToolRunner.tail(log, TAIL_LINES),
                    "correct what it names, then run this command again",
                    wayOut(e.spec().name()));
        }
    }

    private String wayOut(String name) {
        if (name.equals(HubPart.NATS.processName())) {
            return "if its store is damaged, remove " + data.nats()
                    + ": it holds no truth and is filled again";
        }
        if (name.equals(HubPart.POSTGRES.processName())) {
            return "if its data is damaged, restore " + data.cluster() + " from a backup, or move "
                    + "it away to begin with empty databases";
        }
        return "if another program took its port meanwhile, choose others with --port-base N";
    }

    private void stopEverything(HubState state) {
        try {
            state.in(HubState.Phase.STOPPING).write(data);
        } catch (IOException e) {
            console.line("the state file cannot be written: " + e.getMessage());
        }
        tools.cancel();
        supervisor.stopAll();
        try {
            HubState.delete(data);
            pidFiles.delete("hub");
        } catch (IOException e) {
            console.line("a file in " + data.run() + " cannot be removed: " + e.getMessage());
        }
    }

    private void stopLeftovers(List<HubPart> parts) throws IOException {
        new Leftovers(pidFiles, console::line).stop(StopRules.of(parts));
    }

    /** The shutdown hook does the work; this thread only must not outrun it. */
    private static int awaitTheEnd(Thread stop) {
        try {
            stop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
