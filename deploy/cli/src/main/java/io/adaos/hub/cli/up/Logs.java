package io.adaos.hub.cli.up;

import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.supervise.LogFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the logs of all children bounded and, in the foreground, shows their new lines. */
final class Logs {
    private static final long LOG_BYTES_MAX = 16L << 20;
    private static final int SIZE_CHECK_TICKS = 50;

    private final Map<String, LogFile> files = new LinkedHashMap<>();
    private final Console console;
    private final boolean show;
    private int ticks;

    Logs(DataFolder data, Console console, boolean show) throws IOException {
        this.console = console;
        this.show = show;
        for (HubPart part : HubPart.values()) {
            String name = part.processName();
            files.put(name, new LogFile(data.log(name), LOG_BYTES_MAX).fromHere());
        }
        files.put("hub", new LogFile(data.log("hub"), LOG_BYTES_MAX).fromHere());
    }

    /** Called on every tick of the supervisor. */
    void look() {
        ticks++;
        files.forEach((name, file) -> {
            try {
                if (show && !name.equals("hub")) {
                    file.newLines().forEach(line ->
                            console.show(String.format("%-21s | %s", name, line)));
                }
                if (ticks % SIZE_CHECK_TICKS == 0) {
                    file.rotateWhenFull();
                }
            } catch (IOException e) {
                // A log that cannot be read or cut now may be so at the next tick.
                return;
            }
        });
    }
}
