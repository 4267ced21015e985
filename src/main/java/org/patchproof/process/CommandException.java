package org.patchproof.process;

/** A command of ours did not do what it had to: trouble on our side, never evidence about a kernel. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CommandResult result;

    /** Carries the whole transcript as its message. */
    public CommandException(CommandResult result) {
        super(result.command().program() + " failed (" + result.reason() + ")\n" + result.transcript());
        this.result = result;
    }

    /** What happened. */
    public CommandResult result() {
        return result;
    }
}
