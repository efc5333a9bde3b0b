package io.adaos.hub.bench.loops;

import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The inner loops of the document core, measured with JMH. */
@Command(name = "jmh", mixinStandardHelpOptions = true,
        description = "Measures inner loops; all arguments go to JMH (-l lists, -h helps there).")
public final class JmhCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARGUMENT", description = "Names of benchmarks, or options of JMH.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        Main.main(arguments.toArray(String[]::new));
        return 0;
    }
}
