package io.adaos.hub.contracts.projection;

import java.time.Instant;

/** One element of {@code data/desktop/toasts}, as existing clients read it. */
public record LegacyToast(String level, String message, String code, String source, Instant ts) {
}
