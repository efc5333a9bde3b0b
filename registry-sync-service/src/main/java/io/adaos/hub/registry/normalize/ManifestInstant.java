package io.adaos.hub.registry.normalize;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Instants as manifests and {@code registry.json} write them. */
public final class ManifestInstant {

    private static final int YEAR_MAX = 9999;
    private static final DateTimeFormatter WHOLE_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private ManifestInstant() {
    }

    /** Empty when the text is not a date and time with an offset, {@code Z} or {@code +03:00}. */
    public static Optional<Instant> parse(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return time.getYear() < 0 || time.getYear() > YEAR_MAX
                    ? Optional.empty() : Optional.of(time.toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** {@code 2026-04-07T12:00:00+00:00}: UTC in whole seconds. */
    public static String format(Instant instant) {
        return WHOLE_SECONDS.format(instant);
    }
}
