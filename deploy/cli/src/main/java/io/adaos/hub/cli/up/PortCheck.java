package io.adaos.hub.cli.up;

import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.HubPart;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Looks whether the ports are free before anything is started on them. */
final class PortCheck {
    private static final int STEP = 1_000;

    private PortCheck() {}

    /** Names every taken port at once. */
    static void requireFree(HubAddress address, Collection<HubPart> parts) throws IOException {
        List<String> taken = new ArrayList<>();
        for (HubPart part : parts) {
            if (!isFree(address.bindHost(part), address.port(part))) {
                taken.add("port " + address.port(part) + " (" + part.processName()
                        + ") is in use by "
                        + PortOwner.of(address.port(part)).orElse("another process"));
            }
        }
        if (!taken.isEmpty()) {
            throw CommandFailed.because(String.join("; ", taken) + " on " + address.host(),
                    "stop what uses it",
                    "choose other ports: ./hub up --port-base " + freeBase(address));
        }
    }

    private static boolean isFree(String host, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return probe.isBound();
        } catch (UnknownHostException e) {
            throw notOurs(host);
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("assign requested address")) {
                throw notOurs(host);
            }
            if (String.valueOf(e.getMessage()).contains("Permission denied")) {
                throw CommandFailed.because("port " + port + " is reserved for root",
                        "choose ports above 1023: ./hub up --port-base 8080");
            }
            return false;
        }
    }

    private static CommandFailed notOurs(String host) {
        return CommandFailed.because("--host " + host + " is no address of this machine",
                "use 127.0.0.1 (this machine only) or 0.0.0.0 (every network)");
    }

    private static int freeBase(HubAddress address) throws IOException {
        for (int base = address.portBase() + STEP; base <= 60_000; base += STEP) {
            HubAddress other = new HubAddress(address.host(), base);
            boolean free = true;
            for (HubPart part : Arrays.asList(HubPart.values())) {
                free = free && isFree(other.bindHost(part), other.port(part));
            }
            if (free) {
                return base;
            }
        }
        return 20_000;
    }
}
