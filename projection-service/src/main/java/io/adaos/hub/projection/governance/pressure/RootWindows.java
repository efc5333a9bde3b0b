package io.adaos.hub.projection.governance.pressure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one owner attempted per root of the document; reported, never decided on. Not safe for use
 * by several threads.
 */
public final class RootWindows {

    /** A document has five roots; the names a raw update makes up share one row beyond this. */
    private static final int ROOTS_MAX = 16;
    private static final String OTHERS = "(other)";

    private final Map<String, RateWindow> windows = new TreeMap<>();

    /** Adds a write; its bytes are spread evenly over the roots it touches. */
    public void add(List<String> roots, long bytes, long now) {
        for (int i = 0; i < roots.size(); i++) {
            window(roots.get(i)).add(now, share(bytes, i, roots.size()), 1);
        }
    }

    /** Corrects a write to what really changed. */
    public void correct(List<String> roots, long bucket, long bytes, long writes) {
        for (int i = 0; i < roots.size(); i++) {
            window(roots.get(i)).correct(bucket, share(bytes, i, roots.size()), writes);
        }
    }

    /** The roots of the last minute, by name. */
    public List<String> recent(long now) {
        List<String> recent = new ArrayList<>();
        windows.values().removeIf(window -> window.isEmpty(now));
        windows.forEach((root, window) -> recent.add(root));
        return recent;
    }

    /** The last minute of each root of the last minute. */
    public Map<String, RateWindow.Minute> minutes(long now) {
        Map<String, RateWindow.Minute> minutes = new TreeMap<>();
        recent(now).forEach(root -> minutes.put(root, windows.get(root).minute(now)));
        return minutes;
    }

    private RateWindow window(String root) {
        String name = windows.containsKey(root) || windows.size() < ROOTS_MAX ? root : OTHERS;
        return windows.computeIfAbsent(name, unused -> new RateWindow());
    }

    private static long share(long bytes, int i, int roots) {
        return bytes / roots + (i < Math.abs(bytes % roots) ? Long.signum(bytes) : 0);
    }
}
