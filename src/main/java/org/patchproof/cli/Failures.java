package org.patchproof.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.patchproof.patch.PatchFormatException;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.TroubleException;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.plan.PlanException;
import org.patchproof.process.CommandException;
import org.patchproof.release.RefusedException;
import org.patchproof.srpm.RpmFormatException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Exceptions as a message, a remedy and an exit code. A class of its own where a lambda would do: what implements an
 * interface of picocli's by a lambda is not kept in the archive of classes that the launcher makes.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final int HINTS = 3;

    private final Screen screen;

    Failures(Screen screen) {
        this.screen = screen;
    }

    /** Says what failed, and what to do; the code to exit with. */
    private int report(Exception thrown) {
        Exception e = thrown instanceof UncheckedIOException io ? io.getCause() : thrown;
        if (screen.debug()) {
            thrown.printStackTrace(screen.err());
        }
        if (e instanceof PlanException plan) {
            return say(ExitCode.WRONG_REQUEST, plan.getMessage(), "");
        } else if (e instanceof WrongRequestException wrong) {
            return say(ExitCode.WRONG_REQUEST, wrong.getMessage(), wrong.remedy());
        } else if (e instanceof PatchFormatException || e instanceof RpmFormatException) {
            return say(ExitCode.WRONG_REQUEST, e.getMessage(), "");
        } else if (e instanceof RefusedException refused) {
            return say(ExitCode.SAYS_NO, refused.getMessage(), refused.remedy());
        } else if (e instanceof TroubleException trouble) {
            return say(ExitCode.INFRASTRUCTURE, trouble.getMessage(), trouble.remedy());
        } else if (e instanceof CommandException) {
            return say(ExitCode.INFRASTRUCTURE, e.getMessage(), "Run patchproof doctor to see what this host lacks.");
        } else if (e instanceof IOException io) {
            return say(ExitCode.INFRASTRUCTURE, inWords(io), "");
        }
        return say(
                ExitCode.INFRASTRUCTURE,
                "this is a mistake in patchproof itself: " + e,
                "Please report it, with what PATCHPROOF_DEBUG=1 makes it print.");
    }

    /** The JDK's exceptions on files often say nothing but a name. */
    private static String inWords(IOException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return message + ": no such file";
        } else if (e instanceof AccessDeniedException) {
            return message + ": permission denied";
        } else if (e instanceof FileAlreadyExistsException) {
            return message + ": is there already";
        }
        return message;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
        return report(e);
    }

    /** A command line that cannot be understood. */
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        if (e.getCause() instanceof WrongRequestException wrong) {
            return report(wrong);
        }
        CommandLine line = e.getCommandLine();
        String name = line.getCommandSpec().qualifiedName();
        String hint = hint(e, line);
        return say(ExitCode.WRONG_REQUEST, message(e, line), hint + "Help: " + name + " --help");
    }

    private static String message(ParameterException e, CommandLine line) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return e.getMessage();
        }
        String given = unmatched.getUnmatched().get(0);
        boolean command = !line.getSubcommands().isEmpty() && !given.startsWith("-");
        String what = given.startsWith("-") ? "no option" : command ? "no command" : "no place for";
        return "there is " + what + " '" + given + "'";
    }

    private static String hint(ParameterException e, CommandLine line) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return e.getMessage().startsWith("Name a command") ? commands(line) : "";
        }
        String given = unmatched.getUnmatched().get(0).split("=", 2)[0];
        List<String> near =
                Similar.to(given, known(given, line)).stream().limit(HINTS).toList();
        if (!near.isEmpty()) {
            return "Did you mean " + String.join(" or ", near) + "?\n";
        }
        return given.startsWith("-") ? "" : commands(line);
    }

    private static String commands(CommandLine line) {
        return line.getSubcommands().isEmpty()
                ? ""
                : "Commands: " + String.join(", ", line.getSubcommands().keySet()) + "\n";
    }

    private static List<String> known(String given, CommandLine line) {
        Stream<String> options = line.getCommandSpec().options().stream().flatMap(option -> Stream.of(option.names()));
        return (given.startsWith("-") ? options : line.getSubcommands().keySet().stream()).toList();
    }

    private int say(ExitCode code, String message, String remedy) {
        String text = org.patchproof.report.Words.harmless(message).stripTrailing();
        screen.err().println("patchproof: " + text);
        if (!remedy.isBlank()) {
            org.patchproof.report.Words.harmless(remedy)
                    .lines()
                    .forEach(l -> screen.err().println("    " + l));
        }
        return code.code();
    }
}
