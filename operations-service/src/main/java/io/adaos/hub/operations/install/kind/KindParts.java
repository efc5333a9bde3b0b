package io.adaos.hub.operations.install.kind;

import io.adaos.hub.operations.install.InstalledStore;
import io.adaos.hub.operations.install.NodeWorkspaces;
import io.adaos.hub.operations.install.RegistryClient;
import io.adaos.hub.operations.install.confirm.RulesConfirmation;
import java.time.Clock;
import java.time.Duration;

/**
 * What the kinds that install and uninstall work with.
 *
 * @param deadline of one operation
 * @param presenceWait how long intake may wait for the registry
 */
public record KindParts(RegistryClient registry, InstalledStore installed,
        NodeWorkspaces workspaces, Clock clock, RulesConfirmation confirmation,
        Duration deadline, Duration presenceWait) {
}
