package io.adaos.hub.registry.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.adaos.hub.registry.upload.UploadFolder.Swept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadFolderTest {

    private static final Instant LATER = Instant.now().plus(Duration.ofMinutes(61));

    @TempDir
    Path root;

    private UploadFolder own;
    private Path other;

    @BeforeEach
    void folders() throws IOException {
        own = new UploadFolder(folder());
        own.open();
        other = folder();
    }

    @Test
    void uploads_ofAKilledProcess_areDeleted_andThoseOfALivingOneAreNot() throws Exception {
        // Given
        try (UploadingProcess process = UploadingProcess.start(other)) {
            Files.writeString(other.resolve("resteasy-reactive17upload"), "half a form");
            Swept alive = own.sweep(LATER);
            process.kill();

            // When
            Swept early = own.sweep(Instant.now());
            Swept dead = own.sweep(LATER);

            // Then
            assertEquals(new Swept(0, 0, 0), alive);
            assertEquals(new Swept(0, 0, 0), early);
            assertEquals(new Swept(2, 26, 0), dead);
            assertFalse(Files.exists(other));
        }
    }

    @Test
    void files_thatAreNotOurs_stay() throws IOException {
        // Given
        Path foreign = Files.createDirectories(root.resolve("hub-push-of-mine"));
        Path linked = Files.createSymbolicLink(folder(), foreign);
        Path upload = old(foreign.resolve("hub-push-1.archive"));
        Files.createDirectories(other);
        Path note = old(other.resolve("notes.txt"));
        Path link = Files.createSymbolicLink(other.resolve("hub-push-2.archive"), note);
        Path beside = old(root.resolve("hub-push-3.archive"));
        old(other);

        // When
        Swept swept = own.sweep(Instant.now());

        // Then
        assertEquals(new Swept(0, 0, 0), swept);
        List.of(linked, upload, note, link, beside)
                .forEach(file -> assertTrue(Files.exists(file), file.toString()));
    }

    @Test
    void folder_whoseLockIsNotThereYet_isLeftAlone_untilItIsOld() throws IOException {
        // Given
        Files.createDirectories(other);

        // When
        own.sweep(Instant.now());
        boolean isKept = Files.exists(other);
        own.sweep(LATER);

        // Then
        assertTrue(isKept);
        assertFalse(Files.exists(other));
    }

    @Test
    void ownFolder_isLeftAlone_andGoesAtTheEnd_whenItIsEmpty() throws IOException {
        // Given
        Path file = own.newFile();
        own.sweep(LATER);
        boolean isKept = Files.exists(file);

        // When
        own.close();
        boolean staysWithFile = Files.exists(file);
        Files.delete(file);
        own.open();
        own.close();

        // Then
        assertTrue(isKept && staysWithFile);
        try (Stream<Path> left = Files.list(root)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private Path folder() {
        return root.resolve("hub-push-" + UUID.randomUUID());
    }

    private static Path old(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, "old");
        }
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3_700)));
    }
}
