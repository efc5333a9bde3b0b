package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Does heavy work of the start in a JVM of its own: the supervisor lives as long as the hub and is
 * to stay small, and what a JVM once loaded it keeps.
 */
final class HelperJvm {
    private HelperJvm() {}

    /** What the other JVM does; it ends by returning or with {@link CommandFailed}. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /**
     * Runs the main class of the call and passes its failure on.
     *
     * @param call its command is the main class with its arguments, its log is overwritten
     */
    static void run(ToolRunner tools, ToolRunner.Call call) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "-cp", System.getProperty("java.class.path")));
        command.addAll(call.command());
        Files.deleteIfExists(call.log());
        int exitCode = tools.run(new ToolRunner.Call(call.what(), command, call.workFolder(),
                call.environment(), call.log()));
        List<String> said = Files.readAllLines(call.log());
        if (exitCode != 0) {
            throw CommandFailed.because(
                    said.isEmpty() ? call.what() + " ended with exit code " + exitCode
                            : said.get(0),
                    said.stream().skip(1).toArray(String[]::new));
        }
    }

    /** The other side: says on its output what went wrong, one line each. */
    static void perform(Work work) throws IOException {
        try {
            work.run();
        } catch (CommandFailed e) {
            System.out.println(oneLine(e.getMessage()));
            e.waysOut().forEach(way -> System.out.println(oneLine(way)));
            System.exit(e.exitCode());
        }
    }

    private static String oneLine(String text) {
        return text.lines().reduce((one, next) -> one + " " + next.strip()).orElse("");
    }
}
