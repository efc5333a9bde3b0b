package io.adaos.hub.registry.push;

/** Limits of the request itself; those of the archive are the reader's. */
public record PushSettings(long jsonArchiveBytesMax) {
}
