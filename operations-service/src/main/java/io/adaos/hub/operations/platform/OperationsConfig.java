package io.adaos.hub.operations.platform;

import io.adaos.hub.operations.execution.ExecutionLimits;
import io.adaos.hub.operations.execution.RetryPolicy;
import io.adaos.hub.operations.intake.AdmissionLimits;
import io.adaos.hub.operations.retention.RetentionPolicy;
import io.adaos.hub.runtime.archive.ArchiveLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** All knobs of operations-service. */
@ConfigMapping(prefix = "hub.operations")
public interface OperationsConfig {

    /** Operations that run at a time in one process. */
    @WithDefault("4")
    int concurrency();

    /** After so long without a heartbeat another run takes an operation over. */
    @WithDefault("6s")
    Duration leaseTtl();

    /** How often to look for work that nobody told of. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** An operation that was broken off so often ends as recoverable. */
    @WithDefault("5")
    int runsMax();

    /** How long a stopping process waits for its runs before it hands them over. */
    @WithDefault("3s")
    Duration handover();

    /** A thread that goes on for so long after it was told to stop is given up. */
    @WithDefault("5s")
    Duration grace();

    /** How long intake may wait for the registry's word on a target. */
    @WithDefault("300ms")
    Duration presenceWait();

    /** Delays between tries while something an operation needs is away. */
    Retry retry();

    /** Installations. */
    Install install();

    /** Whether the kind {@code bench.noop} exists; for measuring only. */
    @WithDefault("false")
    boolean noop();

    /** How much is let in. */
    Limits limits();

    /** Requests in the old shape. */
    Compat compat();

    /** What is kept of the past. */
    Retention retention();

    /** Delays between tries. */
    interface Retry {

        @WithDefault("1s")
        Duration first();

        @WithDefault("20s")
        Duration longest();
    }

    /** Limits of installations. */
    interface Install {

        /** From acceptance, or from its turn, to its end. */
        @WithDefault("5M")
        Duration deadline();

        /** How long projection-service may take to confirm the rules of what was switched to. */
        @WithDefault("10s")
        Duration confirmWait();

        /** Bytes of the packed archive. */
        @WithDefault("67108864")
        long archiveBytesMax();

        /** Bytes of all unpacked files together. */
        @WithDefault("134217728")
        long unpackedBytesMax();

        /** Files of one archive. */
        @WithDefault("10000")
        int filesMax();
    }

    /** How many operations may be under way or in line. */
    interface Limits {

        /** Of everybody. */
        @WithDefault("20000")
        int total();

        /** Of one kind. */
        @WithDefault("10000")
        int perKind();

        /** Of one initiator. */
        @WithDefault("5000")
        int perInitiator();
    }

    /** How clients of the older interface are served. */
    interface Compat {

        /** How long an installation is waited for before it is answered 202. */
        @WithDefault("20s")
        Duration installWait();
    }

    /** What is kept per webspace, by count or age, up to a total of all webspaces. */
    interface Retention {

        /** Ended operations; at least 20. */
        @WithDefault("500")
        int operations();

        /** Notifications; at least 40. */
        @WithDefault("500")
        int notifications();

        /** Nothing younger is deleted before the total is reached. */
        @WithDefault("24h")
        Duration youngerThan();

        /** Ended operations of all webspaces, and as many notifications; the oldest leave. */
        @WithDefault("50000")
        int total();
    }

    /** Where artifacts are installed. */
    @ConfigMapping(prefix = "hub.workspace")
    interface Workspace {

        @WithDefault("workspace")
        Path dir();
    }

    default ExecutionLimits executionLimits() {
        return new ExecutionLimits(
                concurrency(), leaseTtl(), pollInterval(), runsMax(), handover(),
                grace());
    }

    default AdmissionLimits admissionLimits() {
        return new AdmissionLimits(
                limits().total(), limits().perKind(), limits().perInitiator());
    }

    default RetryPolicy retryPolicy() {
        return new RetryPolicy(retry().first(), retry().longest());
    }

    default ArchiveLimits archiveLimits() {
        return ArchiveLimits.of(install().archiveBytesMax(), install().unpackedBytesMax(),
                install().filesMax());
    }

    default RetentionPolicy retentionPolicy() {
        return new RetentionPolicy(retention().operations(), retention().notifications(),
                retention().youngerThan(), retention().total());
    }
}
