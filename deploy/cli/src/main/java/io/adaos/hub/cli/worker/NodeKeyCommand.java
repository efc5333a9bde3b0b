package io.adaos.hub.cli.worker;

import io.adaos.hub.cli.HubHome;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.SecretFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hub node-key}: prints the credential of a node, made when there is none yet. */
@Command(name = "node-key", mixinStandardHelpOptions = true,
        description = "Prints the key with which a node's worker works for this hub. "
                + "A running hub knows it within a second.")
public final class NodeKeyCommand implements Callable<Integer> {

    private final HubHome home = HubHome.ofThisProcess();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The node.")
    private String node;

    @Option(names = "--data", paramLabel = "DIR",
            description = "The hub's folder (default: .hub in the project).")
    private Path data;

    @Override
    public Integer call() throws IOException {
        DataFolder folder = new DataFolder(home.dataFolder(Optional.ofNullable(data)));
        folder.create();
        spec.commandLine().getOut().println(new NodeKeys(new SecretFiles(folder)).of(node));
        return 0;
    }
}
