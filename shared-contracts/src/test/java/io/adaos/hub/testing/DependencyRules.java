package io.adaos.hub.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Who may import what; the numbers are those of the rules in {@code CONTRIBUTING.md}. */
final class DependencyRules {

    private static final int FILES_PER_PACKAGE_MAX = 15;

    /** The kernel of the documents is one package on purpose: its types are mutually recursive. */
    private static final Set<String> LARGE_PACKAGES = Set.of("io.adaos.hub.projection.crdt");

    private static final Pattern FRAMEWORK = Pattern.compile(
            "(io\\.quarkus|jakarta\\.ws\\.rs|jakarta\\.enterprise|jakarta\\.inject|io\\.vertx"
                    + "|io\\.nats|java\\.sql)\\..*");
    private static final Pattern EDGE = Pattern.compile(
            "(Pg|Nats|Http)\\w*|\\w*(Resource|Socket|Consumer|Publisher|Relay|Job|Service|Config"
                    + "|Beans|Mapper|Check)");
    private static final Pattern REACTIVE_EDGE = Pattern.compile(
            EDGE.pattern() + "|\\w*(Store|Runner|Log|Client|Source|Handler|Outbox|Manager)");
    private static final List<String> SERVICES = List.of(
            "io.adaos.hub.registry", "io.adaos.hub.marketplace",
            "io.adaos.hub.operations", "io.adaos.hub.projection");

    private static final String BENCH = "io.adaos.hub.bench";

    private DependencyRules() {
    }

    static List<String> of(SourceFile file, SourceRules rules) {
        List<String> found = new ArrayList<>();
        boolean isService = SERVICES.contains(rules.root());
        for (String name : file.imports()) {
            services(file, rules, name, found);
            contracts(file, name, found);
            sdk(file, name, found);
            kernel(file, name, found);
            if (isService) {
                frameworks(file, name, found);
                features(file, rules, name, found);
            }
        }
        if (isService) {
            String feature = feature(file.packageName(), rules.root());
            if (!feature.isEmpty() && !feature.equals("platform")
                    && !rules.features().containsKey(feature)) {
                found.add(file.path() + ": D7 feature without a row: " + feature);
            }
        }
        return found;
    }

    static List<String> packageSizes(List<SourceFile> files) {
        Map<String, Integer> sizes = new TreeMap<>();
        files.forEach(file -> sizes.merge(file.packageName(), 1, Integer::sum));
        return sizes.entrySet().stream()
                .filter(entry -> entry.getValue() > FILES_PER_PACKAGE_MAX)
                .filter(entry -> !LARGE_PACKAGES.contains(entry.getKey()))
                .map(entry -> entry.getKey() + ": " + entry.getValue() + " files")
                .toList();
    }

    /**
     * D1: a service knows shared-contracts and no other service; shared-contracts knows none. The
     * benches are no part of the hub: what they measure in their own process, they may import.
     */
    private static void services(
            SourceFile file, SourceRules rules, String name, List<String> found) {
        if (rules.root().equals(BENCH)) {
            return;
        }
        for (String service : SERVICES) {
            if (name.startsWith(service + '.') && !rules.root().equals(service)) {
                found.add(file.path() + ": D1 imports another service: " + name);
            }
        }
    }

    /** D2: wire records are plain values. */
    private static void contracts(SourceFile file, String name, List<String> found) {
        if (!file.packageName().startsWith("io.adaos.hub.contracts")) {
            return;
        }
        boolean allowed = name.startsWith("java.")
                || name.startsWith("com.fasterxml.jackson.annotation.")
                || name.startsWith("io.adaos.hub.contracts.");
        if (!allowed) {
            found.add(file.path() + ": D2 a wire record imports " + name);
        }
    }

    /** D2: the SDK runs in any process; its wire part knows nothing of slots. */
    private static void sdk(SourceFile file, String name, List<String> found) {
        String sdk = "io.adaos.hub.sdk";
        if (!file.packageName().startsWith(sdk)) {
            return;
        }
        boolean allowed = name.startsWith("java.") && !name.startsWith("java.sql.")
                || name.startsWith("com.fasterxml.jackson.")
                || name.startsWith("io.adaos.hub.contracts.")
                || name.startsWith(sdk + ".wire.")
                || name.startsWith(sdk + '.') && file.packageName().equals(sdk);
        if (!allowed) {
            found.add(file.path() + ": D2 the SDK imports " + name);
        }
    }

    /** D3: the document core is plain Java; codec, id, kernel, sync, never back. */
    private static void kernel(SourceFile file, String name, List<String> found) {
        String kernel = "io.adaos.hub.projection.crdt";
        String own = file.packageName();
        if (!own.startsWith(kernel)) {
            return;
        }
        boolean allowed = name.startsWith("java.")
                || name.startsWith(kernel + ".codec.")
                || name.startsWith(kernel + ".id.") && !own.equals(kernel + ".codec")
                || own.equals(kernel + ".sync") && name.matches(".*\\.crdt\\.[A-Z].*")
                || name.startsWith(own + '.');
        if (!allowed) {
            found.add(file.path() + ": D3 the document core imports " + name);
        }
    }

    /** D4 and D5: frameworks at the edge only, reactive types in flows only. */
    private static void frameworks(SourceFile file, String name, List<String> found) {
        String type = file.simpleName();
        if (FRAMEWORK.matcher(name).matches() && !EDGE.matcher(type).matches()) {
            found.add(file.path() + ": D4 plain class imports " + name);
        }
        if (name.startsWith("io.smallrye.mutiny.") && !REACTIVE_EDGE.matcher(type).matches()) {
            found.add(file.path() + ": D5 plain class imports " + name);
        }
    }

    /** D6 and D7: features know only the features their row names, and never the platform. */
    private static void features(
            SourceFile file, SourceRules rules, String name, List<String> found) {
        String from = feature(file.packageName(), rules.root());
        String to = feature(name, rules.root());
        if (from.isEmpty() || to.isEmpty() || from.equals(to) || from.equals("platform")) {
            return;
        }
        if (to.equals("platform")) {
            found.add(file.path() + ": D6 a feature imports the platform: " + name);
        } else if (!rules.features().getOrDefault(from, Set.of()).contains(to)) {
            found.add(file.path() + ": D7 " + from + " may not import " + name);
        }
    }

    private static String feature(String name, String root) {
        if (!name.startsWith(root + '.')) {
            return "";
        }
        String rest = name.substring(root.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
