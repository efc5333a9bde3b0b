package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.crdt.codec.JsonText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** The npm package yjs, unmodified, in a Node process that runs what a test asks it to. */
final class YjsPeer implements AutoCloseable {
    private static final Path FOLDER = Path.of("src/test/js").toAbsolutePath();

    private final Process process;
    private final BufferedWriter out;
    private final BufferedReader in;

    YjsPeer() {
        try {
            if (!Files.isDirectory(FOLDER.resolve("node_modules/yjs"))) {
                install();
            }
            process = new ProcessBuilder("node", "peer.mjs").directory(FOLDER.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out = process.outputWriter(StandardCharsets.UTF_8);
        in = process.inputReader(StandardCharsets.UTF_8);
    }

    private static void install() throws IOException {
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                .directory(FOLDER.toFile()).redirectErrorStream(true).start();
        String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.isDirectory(FOLDER.resolve("node_modules/yjs"))) {
            throw new IllegalStateException("npm ci failed:\n" + said);
        }
    }

    /** Runs JavaScript in which each {@code %s} stands for one of the byte arrays. */
    Object run(String script, byte[]... bytes) {
        String text = script;
        for (byte[] each : bytes) {
            text = text.replaceFirst("%s",
                    "from64('" + Base64.getEncoder().encodeToString(each) + "')");
        }
        try {
            out.write('"' + text.replace("\\", "\\\\").replace("\"", "\\\"")
                    .replace("\n", "\\n") + "\"\n");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new AssertionError("yjs ended");
            }
            Map<?, ?> answer = (Map<?, ?>) JsonText.parseChecked(line);
            if (answer.containsKey("error")) {
                throw new AssertionError(answer.get("error") + "\nin " + script);
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #run}, for a script that returns text made by {@code to64}. */
    byte[] bytes(String script, byte[]... bytes) {
        return Base64.getDecoder().decode((String) run(script, bytes));
    }

    /** The state of one of the documents as an update. */
    byte[] state(String doc) {
        return bytes("return to64(Y.encodeStateAsUpdate(docs." + doc + "))");
    }

    /** Gives an update to one of the documents. */
    void apply(String doc, byte[] update) {
        run("Y.applyUpdate(docs." + doc + ", %s)", update);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
