package org.patchproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.plan.KnownBug;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.Workspace;
import org.patchproof.triage.LogFile;
import org.patchproof.triage.Triage;
import org.patchproof.triage.TriageReport;
import org.patchproof.triage.TriageText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchproof triage}. */
@Command(
        name = "triage",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads logs of machines in production and says which known bugs they show: on which node and"
                    + " device, since when, how sure that is, what else it could be, and the verify command"
                    + " that would prove it. Changes nothing.",
            "",
            "Kernel log, journal (short, short-iso, export, json), kubelet, containerd, docker and Calico logs;"
                    + " plain, gzip, bzip2, xz, lzma or zstd, of any size; a pipe is read once. A log is of one node, unless its lines name"
                    + " hosts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  patchproof triage /var/log/messages*",
            "  journalctl -o export > node7.export; patchproof triage node7.export",
            "  patchproof triage node7=kern.log.gz node7=kubelet.log --zone Asia/Shanghai",
            "",
            "Exit codes: 0 the logs were read, whatever is in them; 2 wrong request."
        })
final class TriageCommand implements Callable<Integer> {
    /** Of a mode as stat(2) tells it. */
    private static final int FILE_TYPE = 0xF000;

    private static final int PIPE = 0x1000;

    @Parameters(
            paramLabel = "LOG",
            arity = "1..*",
            description = "A log; NODE=LOG says whose it is when its lines do not.")
    private List<String> logs = List.of();

    @Option(
            names = "--zone",
            paramLabel = "[LOG=]ZONE",
            description = "What times mean that name no zone, such as Asia/Shanghai or +08:00, in all logs or in"
                    + " one; may be given more than once. Also the zone of the report. Default: UTC.")
    private List<String> zones = List.of();

    @Option(names = "--json", description = "The report as JSON on standard output.")
    private boolean json;

    @Option(names = "-C", paramLabel = "DIR", description = "The workspace: the folder with specs/ and patches/.")
    private Path folder;

    private final Screen screen;

    TriageCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, ZoneId> byLog = new LinkedHashMap<>();
        ZoneId zone = zones(byLog);
        List<LogFile> files = new ArrayList<>();
        for (String log : logs) {
            files.add(file(log, byLog, zone));
        }
        byLog.keySet().stream()
                .filter(name -> files.stream().noneMatch(f -> f.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new WrongRequestException(
                            "--zone " + name + "=...: there is no such log here", "Name one of the logs.");
                });
        Workspace workspace = Workspace.at(Optional.ofNullable(folder).orElseGet(screen::workspace));
        List<KnownBug> bugs = PlanLoader.knownBugs(workspace);
        TriageReport report = Triage.of(files, bugs);
        screen.out().print(json ? Json.of(document(report)) + "\n" : TriageText.render(report, zone));
        screen.out().flush();
        return 0;
    }

    private ZoneId zones(Map<String, ZoneId> byLog) {
        ZoneId all = ZoneOffset.UTC;
        for (String each : zones) {
            int equals = each.lastIndexOf('=');
            try {
                ZoneId zone = ZoneId.of(each.substring(equals + 1));
                if (equals < 0) {
                    all = zone;
                } else {
                    byLog.put(each.substring(0, equals), zone);
                }
            } catch (DateTimeException e) {
                throw new WrongRequestException(
                        "--zone " + each + ": no such time zone", "Write one like UTC, +08:00 or Europe/Berlin.");
            }
        }
        return all;
    }

    /** {@code NODE=LOG}, unless there is a file of that very name. */
    private static LogFile file(String text, Map<String, ZoneId> byLog, ZoneId zone) {
        int equals = text.indexOf('=');
        boolean named = equals > 0 && !Files.exists(Path.of(text));
        String name = named ? text.substring(equals + 1) : text;
        Path path = Path.of(name);
        requireLog(path);
        return new LogFile(
                path,
                name,
                named ? Optional.of(text.substring(0, equals)) : Optional.empty(),
                byLog.getOrDefault(name, zone));
    }

    /** A file, or a pipe, which is read once. */
    private static void requireLog(Path path) {
        if (!Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path)) {
            Inputs.requireFile(path, "Name a log file.");
        } else if (!isPipe(path)) {
            throw new WrongRequestException(
                    path + ": is a device or a socket, which may never end",
                    "Name a log file: for the kernel's log, what \"dmesg\" prints of it.");
        }
    }

    private static boolean isPipe(Path path) {
        try {
            return ((int) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == PIPE;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static Map<String, Object> document(TriageReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("logs", report.logs());
        document.put("bugs", report.bugs().stream().map(TriageCommand::bug).toList());
        document.put("notes", report.notes());
        return document;
    }

    private static Map<String, Object> bug(TriageReport.OfBug bug) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bug", bug.name());
        document.put("title", bug.title());
        document.put("findings", bug.findings());
        document.put("undated", bug.undated());
        return document;
    }
}
