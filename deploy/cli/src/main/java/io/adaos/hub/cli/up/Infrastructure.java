package io.adaos.hub.cli.up;

import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.data.SecretFiles;
import io.adaos.hub.cli.parts.NatsServer;
import io.adaos.hub.cli.parts.PgUrl;
import io.adaos.hub.cli.parts.PostgresServer;
import io.adaos.hub.cli.parts.ReadyChecks;
import io.adaos.hub.cli.parts.ToolRunner;
import io.adaos.hub.cli.supervise.ChildSpec;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** NATS and PostgreSQL of one hub: its own, or those that the environment names. */
final class Infrastructure {
    private static final int NATS_DEFAULT_PORT = 4222;

    private final DataFolder data;
    private final Optional<String> givenNats;
    private final Optional<String> givenPostgres;
    private final NatsServer nats;
    private final PostgresServer postgres;

    Infrastructure(UpOptions options, SecretFiles secrets) {
        this.data = options.data();
        this.givenNats = options.home().variable("HUB_NATS_URL");
        this.givenPostgres = options.home().variable("HUB_PG_URL");
        this.nats = new NatsServer(data, secrets, options.address());
        this.postgres = new PostgresServer(data, secrets, options.address());
    }

    /** The processes that this hub runs itself. */
    List<HubPart> ownParts(Predicate<HubPart> wanted) {
        return Arrays.stream(HubPart.values())
                .filter(part -> part != HubPart.NATS || givenNats.isEmpty())
                .filter(part -> part != HubPart.POSTGRES || givenPostgres.isEmpty())
                .filter(wanted)
                .toList();
    }

    /** Prepares the own servers and looks whether the given ones can be meant. */
    List<ChildSpec> prepare(ToolRunner tools, Console console) throws IOException {
        List<ChildSpec> children = new ArrayList<>();
        givenPostgres.ifPresent(PgUrl::parse);
        if (givenNats.isPresent()) {
            requireAnswer(givenNats.get());
        } else {
            children.add(nats.child(NatsServer.require(tools, console, data.log("setup"))));
        }
        if (givenPostgres.isEmpty()) {
            children.add(postgres.prepare(tools, console));
        }
        return children;
    }

    /** Called when the own PostgreSQL does not run. */
    void clearStaleLock() throws IOException {
        if (givenPostgres.isEmpty()) {
            postgres.clearStaleLock();
        }
    }

    String natsUrl() throws IOException {
        return givenNats.isPresent() ? givenNats.get() : nats.url();
    }

    PgUrl databases() throws IOException {
        return givenPostgres.isPresent() ? PgUrl.parse(givenPostgres.get()) : postgres.url();
    }

    private static void requireAnswer(String natsUrl) {
        try {
            URI uri = URI.create(natsUrl.strip());
            int port = uri.getPort() < 0 ? NATS_DEFAULT_PORT : uri.getPort();
            if (uri.getHost() != null && ReadyChecks.nats(uri.getHost(), port)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage("HUB_NATS_URL cannot be understood",
                    "write it as nats://user:pw@host:port",
                    "unset it: then the hub runs its own NATS server");
        }
        throw CommandFailed.because("no NATS server answers at HUB_NATS_URL",
                "check that it runs and that host and port are right",
                "unset HUB_NATS_URL: then the hub runs its own NATS server");
    }
}
