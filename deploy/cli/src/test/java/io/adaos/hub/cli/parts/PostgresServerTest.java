package io.adaos.hub.cli.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.cli.BuildVersion;
import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubAddress;
import io.adaos.hub.cli.data.SecretFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresServerTest {

    @TempDir
    Path folder;

    private DataFolder data;
    private SecretFiles secrets;
    private PostgresServer server;

    @BeforeEach
    void create() {
        data = new DataFolder(folder);
        data.create();
        secrets = new SecretFiles(data);
        server = new PostgresServer(data, secrets, new HubAddress("127.0.0.1", 9_000));
    }

    @Test
    void prepare_clusterOfAnotherMajorVersion_namesBothAndTheWaysOut() throws IOException {
        // Given
        cluster("12");

        // When
        CommandFailed failed = assertThrows(CommandFailed.class, this::prepare);

        // Then
        assertTrue(failed.text().contains("PostgreSQL 12"), failed.text());
        assertTrue(failed.text().contains("pg_upgrade"), failed.text());
        assertTrue(failed.text().contains("HUB_PG_URL"), failed.text());
    }

    @Test
    void prepare_folderThatIsNoCluster_isRefusedAndLeftAlone() throws IOException {
        // Given
        Files.createDirectories(data.cluster());
        Files.writeString(data.cluster().resolve("notes.txt"), "mine");

        // When
        CommandFailed failed = assertThrows(CommandFailed.class, this::prepare);

        // Then
        assertTrue(failed.text().contains("not a complete PostgreSQL data folder"));
        assertTrue(failed.text().contains("mv "), failed.text());
        assertEquals("mine", Files.readString(data.cluster().resolve("notes.txt")));
    }

    @Test
    void prepare_passwordGone_saysWhichFile() throws IOException {
        // Given
        cluster(BuildVersion.postgres().replaceFirst("\\..*", ""));

        // When
        CommandFailed failed = assertThrows(CommandFailed.class, this::prepare);

        // Then
        assertTrue(failed.text().contains("postgres.password"), failed.text());
    }

    @Test
    void clearStaleLock_pidOfAnotherProgram_removesTheLock() throws IOException {
        // Given
        Files.createDirectories(data.cluster());
        Path lock = data.cluster().resolve("postmaster.pid");
        Files.writeString(lock, ProcessHandle.current().pid() + "\n/x\n");

        // When
        server.clearStaleLock();

        // Then
        assertFalse(Files.exists(lock));
    }

    @ParameterizedTest
    @CsvSource({"Linux,amd64,postgres-linux-x86_64.txz", "Linux,aarch64,postgres-linux-arm_64.txz",
        "Mac OS X,aarch64,postgres-darwin-arm_64.txz"})
    void archiveName_system_isThatOfTheBinaries(String os, String arch, String name) {
        // Given
        String system = os;

        // When
        String found = PostgresBinaries.archiveName(system, arch);

        // Then
        assertEquals(name, found);
    }

    @Test
    void archive_ofThisMachine_isInTheBuild() {
        // Given
        String name = PostgresBinaries.archiveName(
                System.getProperty("os.name"), System.getProperty("os.arch"));

        // When
        Object found = getClass().getResource("/" + name);

        // Then
        assertNotNull(found, name);
    }

    private void prepare() throws IOException {
        Console console = new Console(new PrintWriter(new StringWriter()));
        server.prepare(new ToolRunner(console), console);
    }

    private void cluster(String version) throws IOException {
        Files.createDirectories(data.cluster().resolve("global"));
        Files.writeString(data.cluster().resolve("PG_VERSION"), version + "\n");
        Files.writeString(data.cluster().resolve("global/pg_control"), "");
    }
}
