package io.adaos.hub.cli.worker;

import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.data.HubKeys;
import io.adaos.hub.cli.data.SecretFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of nodes of a hub whose folder is on this machine. */
final class NodeKeys {

    static final String INVOKE = "action.invoke";
    static final List<String> ARTIFACT_KINDS = List.of("skill.install", "skill.update",
            "skill.uninstall", "scenario.install", "scenario.update", "scenario.uninstall");

    /** As in the subject of a credential. */
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,63}");

    private final HubKeys keys;

    NodeKeys(SecretFiles secrets) {
        this.keys = new HubKeys(secrets);
    }

    /** The kept key of a node, or a new one that the hub knows from now on. */
    String of(String node) throws IOException {
        String key = keys.nodeKey(checked(node));
        keys.prepare(Optional.empty());
        return key;
    }

    static String checked(String node) {
        if (!NODE.matcher(node).matches()) {
            throw CommandFailed.usage("'" + node + "' cannot be the name of a node",
                    "use letters, digits, '.' and '-'");
        }
        return node;
    }
}
