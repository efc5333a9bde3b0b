package io.adaos.hub.operations.operationlog;

import io.adaos.hub.contracts.id.OperationId;
import java.nio.charset.StandardCharsets;

/**
 * A line that has no number yet.
 *
 * @param step the step at hand, null before the first
 * @param message at most 4 KiB of UTF-8; what is longer is cut and ends in {@code …}
 */
public record LogEntry(OperationId operation, LogLevel level, String step, String message) {

    static final int BYTES_MAX = 4096;
    private static final int ELLIPSIS_BYTES = 3;

    public LogEntry {
        message = cut(message.replace('\0', '\uFFFD'));
    }

    private static String cut(String text) {
        // no text has more bytes than three for each of its chars
        if (text.length() <= BYTES_MAX / 3
                || text.getBytes(StandardCharsets.UTF_8).length <= BYTES_MAX) {
            return text;
        }
        int end = 0;
        int bytes = ELLIPSIS_BYTES;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            bytes += bytesOf(point);
            if (bytes > BYTES_MAX) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end) + '…';
    }

    private static int bytesOf(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }
}
