package org.patchproof.jenkins;

import java.nio.file.Path;
import java.util.Map;

/** What {@code sh} does on an agent. */
interface Shell {

    /** One {@code sh} step. */
    record Call(String label, String script, Map<String, String> environment, String agent, Path directory) {}

    /** The exit code. */
    int run(Call call);
}
