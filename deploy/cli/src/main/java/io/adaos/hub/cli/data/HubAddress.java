package io.adaos.hub.cli.data;

import io.adaos.hub.cli.CommandFailed;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Where one hub listens: the services on {@code host}, NATS and PostgreSQL on loopback only. */
public record HubAddress(String host, int portBase) {
    public static final String LOOPBACK = "127.0.0.1";
    private static final int PORT_BASE_MAX = 65_535 - HubPart.POSTGRES.portOffset();

    public HubAddress {
        if (portBase < 0 || portBase > PORT_BASE_MAX) {
            throw CommandFailed.usage("--port-base " + portBase + " is out of range",
                    "choose a number from 0 to " + PORT_BASE_MAX);
        }
        if (host.isBlank() || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '"')) {
            throw CommandFailed.usage("--host '" + host + "' is not a host name or address",
                    "use 127.0.0.1, 0.0.0.0 or an address of this machine");
        }
    }

    public int port(HubPart part) {
        return portBase + part.portOffset();
    }

    /** The address the part binds to. */
    public String bindHost(HubPart part) {
        return part.isService() ? host : LOOPBACK;
    }

    /** The base URL under which a service is reached, also from a browser elsewhere. */
    public String url(HubPart service) {
        return "http://" + bracketed(publicHost()) + ":" + port(service);
    }

    /** The browser origins of the panel. */
    public Set<String> panelOrigins() {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(bracketed(publicHost()));
        hosts.add("localhost");
        hosts.add(LOOPBACK);
        return hosts.stream()
                .map(name -> "http://" + name + ":" + port(HubPart.PROJECTION))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A wildcard is no address a browser could open: then the first address of the machine. */
    private String publicHost() {
        return host.equals("0.0.0.0") || host.equals("::") ? firstAddress() : host;
    }

    private static String firstAddress() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address)
                    .filter(address -> !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse(LOOPBACK);
        } catch (SocketException e) {
            return LOOPBACK;
        }
    }

    private static String bracketed(String name) {
        return name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
    }
}
