package io.adaos.hub.cli.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Secrets in files that only their owner may read; made once and kept. */
public final class SecretFiles {
    /** 192 random bits: the hub asks for at least 128. */
    private static final int SECRET_BYTES = 24;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    public SecretFiles(DataFolder data) {
        this.folder = data.secrets();
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    public boolean has(String name) {
        return Files.isRegularFile(file(name));
    }

    /** What stands between prefix and suffix in the names of the secrets that have both. */
    public List<String> named(String prefix, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix) && name.endsWith(suffix)
                            && name.length() > prefix.length() + suffix.length())
                    .map(name -> name.substring(
                            prefix.length(), name.length() - suffix.length()))
                    .sorted().toList();
        }
    }

    /** The text of a secret, without the line end an editor may have left. */
    public String read(String name) throws IOException {
        return Files.readString(file(name)).strip();
    }

    /** The kept secret, or a new one of letters, digits, '-' and '_'. */
    public String readOrGenerate(String name) throws IOException {
        if (has(name)) {
            String kept = read(name);
            if (!kept.isEmpty()) {
                return kept;
            }
        }
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        write(name, secret);
        return secret;
    }

    /** Replaces the file in one step, so that no reader ever meets half of it. */
    public void write(String name, String text) throws IOException {
        Path whole = Files.createTempFile(folder, name, ".new",
                PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------")));
        Files.write(whole, text.getBytes(StandardCharsets.UTF_8));
        Files.move(whole, file(name), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
