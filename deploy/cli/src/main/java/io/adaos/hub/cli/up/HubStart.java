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
import io.adaos.hub.cli.parts.PgDatabases;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings one hub up, step by step, then stays as its supervisor until it is told to stop. */
final class HubStart {
    private static final Duration SERVERS_WITHIN = Duration.ofSeconds(60);
    private static final Duration SERVICES_WITHIN = Duration.ofSeconds(120);
    private static final int TAIL_LINES = 8;

    private final UpOptions options;
    private final DataFolder data;
    private final HubAddress address;
    private final Console console;
    private final ToolRunner tools;
    private final PidFiles pidFiles;
    private final Supervisor supervisor;
    private final HubKeys keys;
    private final AppFolder apps;
    private final Infrastructure infrastructure;
    private volatile boolean signalled;
    private boolean stopped;

    HubStart(UpOptions options, Console console) throws IOException {
        this.options = options;
        this.data = options.data();
        this.address = options.address();
        this.console = (options.detached() ? Console.unseen() : console)
                .alsoTo(data.log("hub"));
        this.tools = new ToolRunner(this.console);
        this.pidFiles = new PidFiles(data.run());
        Logs logs = new Logs(data, this.console, !options.detached());
        this.supervisor = new Supervisor(
                pidFiles, options.restart(), this.console::line, logs::look);
        SecretFiles secrets = new SecretFiles(data);
        this.keys = new HubKeys(secrets);
        this.apps = new AppFolder(options.home(), data);
        this.infrastructure = new Infrastructure(options, secrets);
    }

    /** Returns the exit code, when the hub has been stopped or was running already. */
    int run() throws IOException {
        Optional<HubLock> lock = HubLock.tryAcquire(data);
        if (lock.isEmpty()) {
            return options.detached() ? 0 : RunningHub.show(options, console);
        }
        HubState state = new HubState(ProcessHandle.current().pid(), HubState.Phase.STARTING,
                address, 0, EnumSet.copyOf(infrastructure.ownParts(part -> true)));
        Thread onSignal = new Thread(() -> {
            signalled = true;
            if (stopEverything(state)) {
                console.line("hub stopped");
            }
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            announce(state);
            start();
            HubState ready = state.readyAfter(options.since().seconds());
            ready.write(data);
            if (!options.detached()) {
                ReadyLines.show(ready, data, console);
            }
            supervisor.watch();
        } catch (CommandFailed | IOException e) {
            if (!signalled) {
                stopEverything(state);
                throw e;
            }
        }
        return awaitTheEnd(onSignal);
    }

    private void start() throws IOException {
        PortCheck.requireFree(address, infrastructure.ownParts(part ->
                pidFiles.findAlive(part.processName()).isEmpty()));
        new ServiceBuild(options.home(), tools, console).buildWhatIsStale(data.log("build"));
        keys.prepare(options.home().variable("HUB_TOKEN"));
        List<ChildSpec> servers = infrastructure.prepare(tools, console);
        List<ChildSpec> services =
                new ServiceChildren(data, address, keys, infrastructure.natsUrl())
                        .children(apps, infrastructure.databases());

        Set<HubPart> running = takeOver(servers, services);
        PortCheck.requireFree(address, infrastructure.ownParts(part -> !running.contains(part)));
        apps.prune();
        if (!running.contains(HubPart.POSTGRES)) {
            infrastructure.clearStaleLock();
        }
        bringUp(servers, SERVERS_WITHIN);
        PgDatabases.ensure(infrastructure.databases(), tools, data);
        bringUp(services, SERVICES_WITHIN);
    }

    private void announce(HubState state) throws IOException {
        ProcessIdentity own = ProcessIdentity.of(state.pid()).orElseThrow();
        pidFiles.write("hub", new PidFiles.Entry(own, BuildVersion.hub()));
        state.write(data);
    }

    /** Keeps what a killed supervisor left and what still fits, stops the rest of it. */
    private Set<HubPart> takeOver(List<ChildSpec> servers, List<ChildSpec> services)
            throws IOException {
        Set<String> adopted = new HashSet<>();
        for (List<ChildSpec> group : List.of(servers, services)) {
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

    /** By whoever comes first, a signal or a failed start; false for the second. */
    private synchronized boolean stopEverything(HubState state) {
        if (stopped) {
            return false;
        }
        stopped = true;
        tools.cancel();
        try {
            state.in(HubState.Phase.STOPPING).write(data);
        } catch (IOException e) {
            console.line("the state file cannot be written: " + e.getMessage());
        }
        supervisor.stopAll();
        try {
            stopLeftovers(Arrays.asList(HubPart.values()));
            HubState.delete(data);
            pidFiles.delete("hub");
        } catch (IOException e) {
            console.line("a file in " + data.run() + " cannot be removed: " + e.getMessage());
        }
        return true;
    }

    private void stopLeftovers(List<HubPart> parts) throws IOException {
        new Leftovers(pidFiles, console::line).stop(StopRules.of(parts));
    }

    /** The shutdown hook does the work; this thread only must not outrun it. */
    private static int awaitTheEnd(Thread onSignal) {
        try {
            onSignal.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
