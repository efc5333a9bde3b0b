package io.adaos.hub.contracts.operation;

import java.util.List;

/** What is installed, at one position of the service's events. */
public record InstalledPage(String epoch, long sequence, List<InstalledArtifact> items) {
    public InstalledPage {
        items = List.copyOf(items);
    }
}
