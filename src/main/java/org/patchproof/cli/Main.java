package org.patchproof.cli;

/** Entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new PatchproofCommand(Screen.ofProcess(), Wiring.real()).run(args));
    }
}
