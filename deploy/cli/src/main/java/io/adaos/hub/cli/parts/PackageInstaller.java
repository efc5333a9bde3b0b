package io.adaos.hub.cli.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The system's own way to install a program. */
enum PackageInstaller {
    APT("apt-get", true, List.of("install", "-y", "--no-install-recommends")),
    DNF("dnf", true, List.of("install", "-y")),
    APK("apk", true, List.of("add")),
    BREW("brew", false, List.of("install"));

    private final String program;
    private final boolean needsRoot;
    private final List<String> arguments;

    PackageInstaller(String program, boolean needsRoot, List<String> arguments) {
        this.program = program;
        this.needsRoot = needsRoot;
        this.arguments = arguments;
    }

    static Optional<PackageInstaller> ofThisMachine() {
        for (PackageInstaller manager : values()) {
            if (ToolRunner.find(manager.program).isPresent()) {
                return Optional.of(manager);
            }
        }
        return Optional.empty();
    }

    /** What a person would type. */
    String commandFor(String packageName) {
        return (needsRoot ? "sudo " : "") + String.join(" ", command(packageName));
    }

    /** Installs the package if this user may; false when not, or when it did not work. */
    boolean install(String packageName, ToolRunner tools, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        if (needsRoot && !SystemUser.isRoot()) {
            if (ToolRunner.find("sudo").isEmpty()
                    || run(tools, List.of("sudo", "-n", "true"), log) != 0) {
                return false;
            }
            command.addAll(List.of("sudo", "-n"));
        }
        command.addAll(command(packageName));
        if (run(tools, command, log) == 0) {
            return true;
        }
        // A fresh machine has no package lists yet.
        List<String> update = new ArrayList<>(command.subList(0, command.indexOf(program) + 1));
        update.add("update");
        return this == APT && run(tools, update, log) == 0 && run(tools, command, log) == 0;
    }

    private List<String> command(String packageName) {
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(arguments);
        command.add(packageName);
        return command;
    }

    private static int run(ToolRunner tools, List<String> command, Path log) throws IOException {
        return tools.run(new ToolRunner.Call("installing", command, Path.of("/"),
                Map.of("DEBIAN_FRONTEND", "noninteractive"), log));
    }
}
