package io.adaos.hub.registry.blob;

import java.nio.file.Path;

/** A file whose digest and length are known. */
public record StoredFile(Path path, String digest, long bytes) {
}
