package io.adaos.hub.runtime.archive;

/**
 * One regular file of an archive.
 *
 * @param path {@code /}-separated, below the archive's single top folder when it has one
 * @param executable the owner may execute it
 * @param length bytes
 * @param sha256 64 lower-case hex digits of its content
 */
public record ArchivedFile(String path, boolean executable, long length, String sha256) {
}
