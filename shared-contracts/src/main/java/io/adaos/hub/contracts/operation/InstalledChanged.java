package io.adaos.hub.contracts.operation;

/** Fact: this artifact is on its node now, or has left it. */
public record InstalledChanged(InstalledArtifact artifact, boolean removed) {
}
