package io.adaos.hub.cli.check;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What skills did for themselves while the hub did not; each is to be found and to go. */
enum Shim {
    /** Slots are declared where the program is. */
    DECLARATION_IN_CODE("declares slots in code",
            "Declare them in skill.yaml (data_projections, data_routes); the hub reads it",
            "(?i)\\b\\w*data_projection(s|_entr|_declar|_fallback)\\w*"
                    + "|\\b\\w*(projection_fallback|fallback_projection)\\w*"
                    + "|\\bprojections?\\.(load_entries|register\\w*)"
                    + "|\\bload_skill_data_proj\\w*|\\bprojection_registry\\b"
                    + "|\\bnew ProjectionRule\\b",
            "\"(data_projections|data_routes)\"|'(data_projections|data_routes)'"),

    /** Threads and loops that carry a write to its end. */
    EXECUTOR_BRIDGE("carries work between threads and loops by itself",
            "Call set: it waits for the write on any thread, an event loop included",
            "\\b(ThreadPoolExecutor|ProcessPoolExecutor|run_in_executor|run_coroutine_threadsafe"
                    + "|call_soon_threadsafe|run_until_complete|new_event_loop|set_event_loop"
                    + "|nest_asyncio)\\b|\\basyncio\\.(run|to_thread)\\s*\\("
                    + "|\\b(create_task|ensure_future)\\s*\\([^\\n]{0,200}\\b(set|publish)\\w*"
                    + "|\\bExecutors\\.new\\w+|\\bForkJoinPool\\b"
                    + "|\\bCompletableFuture\\.(run|supply)Async\\b",
            ""),

    /** A webspace that nobody named. */
    DEFAULT_WEBSPACE("falls back to a webspace nobody named",
            "Take the webspace of the call or of the activation; without one, write nothing",
            "(?i)\\bdefault_webspace\\w*|\\bwebspace_default\\w*",
            "(?i)\\b\\w*webspace\\w*(\\s*:\\s*[\\w .\\[\\]|]{1,40})?\\s*="
                    + "\\s*[\"'](desktop|default)[\"']"
                    + "|webspace[^\\n]{0,120}\\b(or|else)\\s*[\"'](desktop|default)[\"']"
                    + "|\\b(get|getenv|getattr|pop)\\([^\\n)]{0,80}webspace[^\\n)]{0,40},"
                    + "\\s*[\"'](desktop|default)[\"']"
                    + "|webspace[^\\n]{0,120}\\?[^\\n]{0,80}:\\s*\"(desktop|default)\""
                    + "|webspace[^\\n]{0,120}orElse(Get)?\\([^\\n]{0,40}(DESKTOP\\b"
                    + "|\"(desktop|default)\")"),

    /** The skill reads manifests, its own or others. */
    NEIGHBOUR_MANIFEST("reads a manifest",
            "The hub has read it at installation; give the program its settings otherwise", "",
            "[\"'/](skill|scenario|manifest)\\.(yaml|yml)[\"']"),

    /** Where node data lies is the hub's business. */
    NODE_PATH("spells a path of a node",
            "Write the declared slot; the hub puts it below its node", "",
            "[\"'/.]nodes/[^\\n\"']{0,80}[\"']|\\bdata/nodes\\b|\\[[\"']nodes[\"']\\]\\s*\\["
                    + "|[\"']node:[^\\n\"']{0,80}[\"']"),

    /** Which topic a stream has, too. */
    STREAM_ROUTING("routes a stream by itself",
            "Publish to the declared receiver; the hub knows who listens", "",
            "\\bwebio\\.(stream|yjs)\\."),

    /** The document, past the rules. */
    DIRECT_YJS_WRITE("works on the shared document itself",
            "Declare a slot and set its value; large or private data goes to details or to files",
            "\\b(y_py|ycrdt|pycrdt|ypy_websocket|Y\\.YDoc|YDoc|YMap|YArray|get_ydoc|async_get_ydoc"
                    + "|async_read_ydoc|mutate_live_room|encode_state_as_update|apply_update"
                    + "|encode_state_vector)\\b",
            "[\"'][^\\n\"']{0,80}/yws\\b"),

    /** Judging one's own pressure. */
    PRESSURE_GUARD("guards the document against itself",
            "Set the value: the hub merges, delays or refuses it, and the outcome says which",
            "(?i)\\b\\w{0,60}(yjs|projection|projected|publish)\\w{0,60}"
                    + "(pressure|throttl|guard|quarantine|cooldown|backoff|rate_limit|fingerprint"
                    + "|interval_s|min_interval)\\w*"
                    + "|\\b\\w{0,60}(pressure|throttl|quarantine|cooldown|guard)\\w{0,60}"
                    + "(yjs|projection|publish)\\w*",
            "ADAOS_YJS_\\w+");

    private static final int SHOWN_CHARS_MAX = 80;

    private final String what;
    private final String remedy;
    private final Pattern inCode;
    private final Pattern inText;

    Shim(String what, String remedy, String inCode, String inText) {
        this.what = what;
        this.remedy = remedy;
        this.inCode = pattern(inCode);
        this.inText = pattern(inText);
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String remedy() {
        return remedy;
    }

    /** What of a line is this shim, in words; empty when nothing is. */
    String found(String code, String text) {
        Matcher match = inCode.matcher(code);
        if (!match.find()) {
            match = inText.matcher(text);
            if (!match.find()) {
                return "";
            }
        }
        String shown = match.group().strip();
        return "'" + (shown.length() <= SHOWN_CHARS_MAX
                ? shown : shown.substring(0, SHOWN_CHARS_MAX) + '…') + "' " + what;
    }

    /** The empty one finds nothing. */
    private static Pattern pattern(String regex) {
        return Pattern.compile(regex.isEmpty() ? "(?!)" : regex);
    }
}
