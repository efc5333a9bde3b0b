package io.adaos.hub.cli.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.adaos.hub.cli.CommandFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hub check-skill}: names what a skill does that the hub does for it. */
@Command(name = "check-skill", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Looks through skills for what the hub does for them, and reads their"
            + " manifests as a push does.",
            "Python and Java sources: up to 5,000 files, 1 MiB each, 16 MiB together; what is"
            + " beyond is a finding (not_checked)."},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing found", "2:wrong command line, or nothing to read",
            "3:something found"})
public final class CheckSkillCommand implements Callable<Integer> {

    private static final int FOUND = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "The folder of a skill.")
    private List<Path> paths;

    @Option(names = "--json", description = "Print one JSON object per folder.")
    private boolean json;

    @Override
    public Integer call() {
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                throw CommandFailed.usage("there is no folder " + path,
                        "name the folder of a skill, with its skill.yaml");
            }
        }
        boolean isClean = true;
        for (Path path : paths) {
            SkillCheck.Report report = check(path);
            isClean &= report.findings().isEmpty();
            if (json) {
                out().println(line(path, report));
            } else {
                show(path, report);
            }
        }
        return isClean ? 0 : FOUND;
    }

    private static SkillCheck.Report check(Path path) {
        try {
            return SkillCheck.of(path);
        } catch (IOException e) {
            throw CommandFailed.usage(path + " cannot be read: " + e.getMessage(),
                    "check the permissions");
        }
    }

    private void show(Path path, SkillCheck.Report report) {
        report.warnings().forEach(warning -> out().println("note: " + warning.text()));
        report.findings().forEach(finding -> {
            out().println(finding.text());
            out().println("  way out: " + finding.remedy());
        });
        out().println(path + ": " + report.files() + " sources, " + report.findings().size()
                + " findings");
    }

    private static ObjectNode line(Path path, SkillCheck.Report report) {
        ObjectNode line = new ObjectMapper().createObjectNode()
                .put("path", path.toString())
                .put("clean", report.findings().isEmpty())
                .put("files", report.files());
        list(line.putArray("findings"), report.findings());
        list(line.putArray("warnings"), report.warnings());
        return line;
    }

    private static void list(ArrayNode to, List<Finding> findings) {
        findings.forEach(finding -> to.addObject().put("file", finding.file())
                .put("line", finding.line()).put("code", finding.code())
                .put("what", finding.what()).put("remedy", finding.remedy()));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
