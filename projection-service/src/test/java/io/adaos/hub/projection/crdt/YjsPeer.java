package io.adaos.hub.projection.crdt;

import io.adaos.hub.projection.NodeScripts;
import io.adaos.hub.projection.crdt.codec.JsonText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The npm package yjs, unmodified, in a Node process that runs what a test asks it to. */
public final class YjsPeer implements AutoCloseable {
    private final Process process;
    private final BufferedWriter out;
    private final BufferedReader in;

    public YjsPeer() {
        try {
            process = new ProcessBuilder("node", "peer.mjs")
                    .directory(NodeScripts.folder().toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out = process.outputWriter(StandardCharsets.UTF_8);
        in = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Runs JavaScript in which each {@code %s} stands for one of the byte arrays. */
    public Object run(String script, byte[]... bytes) {
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
    public byte[] bytes(String script, byte[]... bytes) {
        return Base64.getDecoder().decode((String) run(script, bytes));
    }

    /** The state of one of the documents as an update. */
    public byte[] state(String doc) {
        return bytes("return to64(Y.encodeStateAsUpdate(docs." + doc + "))");
    }

    /** Gives an update to one of the documents. */
    public void apply(String doc, byte[] update) {
        run("Y.applyUpdate(docs." + doc + ", %s)", update);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
