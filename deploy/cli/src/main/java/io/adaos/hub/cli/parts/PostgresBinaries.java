package io.adaos.hub.cli.parts;

import io.adaos.hub.cli.BuildVersion;
import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.data.DataFolder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs that come inside our own jar, unpacked once per version. */
public final class PostgresBinaries {
    private static final int OWNER_MAY_EXECUTE = 0100;

    private PostgresBinaries() {}

    /** In a JVM of its own: {@code PostgresBinaries FOLDER}. */
    public static void main(String[] args) throws IOException {
        Path unpacked = Path.of(args[0]);
        HelperJvm.perform(() -> {
            Path half = unpacked.resolveSibling(unpacked.getFileName() + ".half");
            AppFolder.deleteTree(half);
            try (InputStream archive = archive()) {
                unpack(archive, half);
            }
            Files.move(half, unpacked, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** The folder with {@code bin/initdb} and {@code bin/postgres}. */
    static Path unpackedIn(DataFolder data, ToolRunner tools, Console console)
            throws IOException {
        Path unpacked = data.pg().resolve("bin-" + BuildVersion.postgres());
        if (!Files.exists(unpacked)) {
            console.line("unpacking PostgreSQL " + BuildVersion.postgres());
            HelperJvm.run(tools, new ToolRunner.Call("unpacking PostgreSQL",
                    List.of(PostgresBinaries.class.getName(), unpacked.toString()), data.root(),
                    Map.of(), data.log("helper")));
        }
        return unpacked;
    }

    static String archiveName(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String arch = switch (osArch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> osArch;
        };
        return "postgres-" + os + "-" + arch + ".txz";
    }

    private static InputStream archive() {
        String name = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        InputStream in = PostgresBinaries.class.getResourceAsStream("/" + name);
        if (in == null) {
            throw CommandFailed.because("this build carries no PostgreSQL for this machine ("
                            + name + ")",
                    "delete deploy/cli/target and run ./hub on this machine to build it anew",
                    "use a server that runs already: HUB_PG_URL=postgresql://user:pw@host:port");
        }
        return new BufferedInputStream(in);
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null;
                    entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
                        Files.setPosixFilePermissions(path,
                                PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }
}
