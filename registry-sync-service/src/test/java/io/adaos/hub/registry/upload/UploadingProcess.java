package io.adaos.hub.registry.upload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Another process that holds a folder with uploads in it, to be killed. */
final class UploadingProcess implements AutoCloseable {

    private final Process process;

    private UploadingProcess(Process process) {
        this.process = process;
    }

    /** Returns when the process holds the folder. */
    static UploadingProcess start(Path folder) throws IOException, URISyntaxException {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", classes(UploadFolder.class) + ":" + classes(UploadingProcess.class),
                UploadingProcess.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream()))
                .readLine();
        if (!"ready".equals(line)) {
            throw new IOException("the other process said " + line);
        }
        return new UploadingProcess(process);
    }

    /** As {@code kill -9} does it. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Runs in the other process. */
    @SuppressWarnings("resource")
    public static void main(String[] folder) throws IOException {
        UploadFolder uploads = new UploadFolder(Path.of(folder[0]));
        uploads.open();
        Files.writeString(uploads.newFile(), "half an archive");
        System.out.println("ready");
        System.in.read();
    }

    private static Path classes(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
