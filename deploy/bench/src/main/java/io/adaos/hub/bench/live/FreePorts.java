package io.adaos.hub.bench.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports nobody listens on, below those that clients are given theirs from. */
public final class FreePorts {
    private static final int FIRST = 12_000;
    private static final int LAST = 30_000;
    private static final int ATTEMPTS = 100;

    private FreePorts() {
    }

    /** The number before {@code count} free ports in a row. */
    public static int before(int count) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int base = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            int free = 0;
            while (free < count && isFree(base + free + 1)) {
                free++;
            }
            if (free == count) {
                return base;
            }
        }
        throw new IOException("no " + count + " free ports in a row");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
