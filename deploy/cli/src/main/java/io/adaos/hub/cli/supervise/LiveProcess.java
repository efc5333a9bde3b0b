package io.adaos.hub.cli.supervise;

import java.io.IOException;
import java.util.Optional;

/** A running process: one that we started, or one that an earlier supervisor left behind. */
final class LiveProcess {
    private static final int SIGNALLED = 128;

    private final ProcessIdentity identity;
    private final Optional<Process> own;

    private LiveProcess(ProcessIdentity identity, Optional<Process> own) {
        this.identity = identity;
        this.own = own;
    }

    static LiveProcess started(ProcessIdentity identity, Process process) {
        return new LiveProcess(identity, Optional.of(process));
    }

    static LiveProcess adopted(ProcessIdentity identity) {
        return new LiveProcess(identity, Optional.empty());
    }

    long pid() {
        return identity.pid();
    }

    boolean isAlive() {
        return own.map(Process::isAlive).orElseGet(identity::isAlive);
    }

    /** How it ended, in words; only asked when it has. */
    String ending() {
        return own.map(Process::exitValue)
                .map(code -> code > SIGNALLED
                        ? "killed by signal " + (code - SIGNALLED) : "exit code " + code)
                .orElse("left by an earlier supervisor, exit code unknown");
    }

    void signal(StopRule.Signal signal) {
        if (!isAlive()) {
            return;
        }
        switch (signal) {
            case TERM -> handle().ifPresent(ProcessHandle::destroy);
            case KILL -> handle().ifPresent(ProcessHandle::destroyForcibly);
            case INT -> interrupt();
        }
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid());
    }

    /** The JDK knows no SIGINT; the shell's own kill does, everywhere. */
    private void interrupt() {
        try {
            new ProcessBuilder("sh", "-c", "kill -INT " + pid()).start().waitFor();
        } catch (IOException e) {
            signal(StopRule.Signal.TERM);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
