package io.adaos.hub.cli.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntConsumer;

/** Brings archives from the registry; patient with one that is away for a moment. */
final class RegistryFetch {

    private static final int TRIES_MAX = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final WorkClient client;

    RegistryFetch(WorkClient client) {
        this.client = client;
    }

    /** The disk is at fault, not the registry. */
    private static final class DiskFailed extends IOException {
        private static final long serialVersionUID = 1L;

        DiskFailed(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Streams a blob into a file.
     *
     * @param percent hears how much has come; throws to break off
     */
    void fetch(String digest, Path file, long bytesMax, IntConsumer percent) throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(digest, file, bytesMax, percent);
                return;
            } catch (DiskFailed e) {
                throw e;
            } catch (IOException e) {
                if (attempt == TRIES_MAX) {
                    throw TaskFailed.because("registry_unavailable",
                            "The registry is away (" + e.getMessage() + ")",
                            "Start the registry, then retry", true);
                }
                percent.accept(0);
                sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private void attempt(String digest, Path file, long bytesMax, IntConsumer percent)
            throws IOException {
        HttpResponse<InputStream> answer = client.blob(digest);
        try (InputStream in = answer.body()) {
            int status = answer.statusCode();
            if (status == 401 || status == 403) {
                throw TaskFailed.because("registry_refused",
                        "The registry refused with HTTP " + status,
                        "Check the key of this node's worker", true);
            }
            if (status != 200) {
                throw new IOException("HTTP " + status);
            }
            long whole = answer.headers().firstValueAsLong("Content-Length").orElse(bytesMax);
            copy(in, file, new Size(bytesMax, Math.max(1, whole)), percent);
        }
    }

    /** What may come, and what is said to come. */
    private record Size(long bytesMax, long whole) {
    }

    private static void copy(InputStream in, Path file, Size size, IntConsumer percent)
            throws IOException {
        byte[] buffer = new byte[1 << 16];
        long received = 0;
        try (OutputStream out = open(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                received += n;
                if (received > size.bytesMax()) {
                    throw TaskFailed.because("archive_too_large",
                            "The archive has more than " + size.bytesMax() + " bytes",
                            "Leave out what the artifact does not need to run", false);
                }
                write(out, buffer, n);
                percent.accept((int) Math.min(100, received * 100 / size.whole()));
            }
        }
    }

    private static OutputStream open(Path file) throws IOException {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw new DiskFailed(e);
        }
    }

    private static void write(OutputStream out, byte[] bytes, int count) throws IOException {
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw new DiskFailed(e);
        }
    }

    private static void sleep(Duration pause) throws IOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
