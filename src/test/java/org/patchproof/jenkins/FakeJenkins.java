package org.patchproof.jenkins;

import com.lesfurets.jenkins.unit.BasePipelineTest;
import com.lesfurets.jenkins.unit.MethodSignature;
import com.lesfurets.jenkins.unit.PipelineTestHelper;
import groovy.lang.Closure;
import groovy.lang.Script;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Jenkins with agents, as far as the Jenkinsfile sees it. Branches run one after the other. What steps
 * do to files is left to {@link Files}, what {@code sh} does to {@link Shell}.
 */
final class FakeJenkins {

    /** What steps do to files; the default remembers names only. */
    interface Files {
        void stash(Path from, String name, String includes, String excludes);

        void unstash(Path to, String name);

        void delete(Path directory);

        Object readJson(Path file);

        boolean exists(Path file);

        String read(Path file);

        void archive(Path from, String includes, String excludes);

        void checkout(Path to);
    }

    private static final List<String> RESULTS = List.of("SUCCESS", "UNSTABLE", "FAILURE");

    private final BasePipelineTest base;
    private final Shell shell;
    private final Files files;
    private final Map<String, List<String>> agents = new LinkedHashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, Object> currentBuild = new HashMap<>();
    private final Map<String, Object> env = new HashMap<>();
    private final Deque<List<String>> environments = new ArrayDeque<>();
    private final Deque<Path> directories = new ArrayDeque<>();
    private final Set<String> stashes = new LinkedHashSet<>();
    private final List<String> log = new ArrayList<>();
    private final List<String> failedStages = new ArrayList<>();
    private final List<String> locks = new ArrayList<>();
    private final List<String> archived = new ArrayList<>();
    private final Deque<String> stages = new ArrayDeque<>();
    private Path root = Path.of("/workspace");
    private int turn;
    private boolean declined;
    private Script script;

    /** @param helper plain, or {@link SerialisingHelper} */
    FakeJenkins(PipelineTestHelper helper, Shell shell, Files files) {
        this.shell = shell;
        this.files = files;
        base = new BasePipelineTest() {};
        base.setHelper(helper);
        agents.put("linux", List.of("lin-1", "lin-2"));
        agents.put("kvm", List.of("kvm-1", "kvm-2"));
        agents.put("release", List.of("vault"));
        env.put("BUILD_NUMBER", "7");
        currentBuild.put("result", "SUCCESS");
        currentBuild.put("duration", 0L);
        for (String[] given : new String[][] {
            {"BUG", "demo"},
            {"KERNELS", ""},
            {"VARIANTS", ""},
            {"CONFIDENCE", "0.95"},
            {"TRIALS", "3"},
            {"MAX_TIME", "6h"},
            {"LANE", "rpm"},
            {"SRPM", ""},
            {"SRPM_SHA256", ""},
            {"SRPM_CREDENTIALS", ""},
            {"RELEASE", ""},
            {"RELEASE_KEY", ""},
            {"RELEASE_CREDENTIALS", ""},
            {"RELEASE_APPROVERS", ""},
            {"RELEASE_URL", ""}
        }) {
            parameters.put(given[0], given[1]);
        }
    }

    FakeJenkins with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    String parameter(String name) {
        return parameters.get(name);
    }

    FakeJenkins withAgents(String label, String... names) {
        agents.put(label, List.of(names));
        return this;
    }

    FakeJenkins withEnvironment(String name, String value) {
        env.put(name, value);
        return this;
    }

    /** The person who is asked says no. */
    FakeJenkins declining() {
        declined = true;
        return this;
    }

    FakeJenkins in(Path workspace) {
        root = workspace;
        return this;
    }

    /** Time passes. */
    void passes(long hours) {
        currentBuild.put("duration", (long) currentBuild.get("duration") + hours * 3_600_000L);
    }

    /** Runs the Jenkinsfile; once more without compiling it again. */
    FakeJenkins run() {
        return run("Jenkinsfile");
    }

    /** Runs another script. */
    FakeJenkins run(String file) {
        try {
            if (script == null) {
                base.setUp();
                register();
                script = base.loadScript(file);
            }
            log.clear();
            base.getBinding().setVariable("params", new HashMap<>(parameters));
            base.getBinding().setVariable("env", env);
            base.getBinding().setVariable("currentBuild", currentBuild);
            base.getBinding().setVariable("scm", "the commit of this build");
            base.runScript(script);
        } catch (Exception e) {
            log.add("FAILED: " + e.getMessage());
            worse(e instanceof Interrupted ? "ABORTED" : "FAILURE");
        }
        return this;
    }

    String result() {
        return String.valueOf(currentBuild.get("result"));
    }

    String description() {
        return String.valueOf(currentBuild.get("description"));
    }

    String log() {
        return String.join("\n", log);
    }

    List<String> failedStages() {
        return failedStages;
    }

    Set<String> stashes() {
        return stashes;
    }

    List<String> locks() {
        return locks;
    }

    List<String> archived() {
        return archived;
    }

    PipelineTestHelper helper() {
        return base.getHelper();
    }

    private void register() {
        allow("properties", a -> null, List.class);
        allow("parameters", a -> a[0], List.class);
        allow("string", a -> a[0], Map.class);
        allow("choice", a -> a[0], Map.class);
        allow("buildDiscarder", a -> a[0], Object.class);
        allow("logRotator", a -> a[0], Map.class);
        allow("timestamps", a -> call(a[0]), Closure.class);
        allow("echo", a -> log.add(String.valueOf(a[0])), String.class);
        allow("echo", a -> log.add(String.valueOf(a[0])), groovy.lang.GString.class);
        allow("checkout", a -> checkout(), Object.class);
        allow("nodesByLabel", a -> agents.getOrDefault(text(a[0], "label"), List.of()), Map.class);
        allow("usernamePassword", a -> a[0], Map.class);
        allow("pwd", a -> directory().toString());
        allow("file", a -> a[0], Map.class);
        allow("input", this::input, Map.class);
        allow("withCredentials", this::withCredentials, List.class, Closure.class);
        allow("lock", this::lock, Map.class, Closure.class);
        registerFailing();
        registerPlaces();
        registerFiles();
    }

    private void registerFailing() {
        for (Class<?> words : List.of(String.class, groovy.lang.GString.class)) {
            allow(
                    "error",
                    a -> {
                        throw new IllegalStateException(String.valueOf(a[0]));
                    },
                    words);
            allow(
                    "unstable",
                    a -> {
                        log.add(String.valueOf(a[0]));
                        worse("UNSTABLE");
                        return null;
                    },
                    words);
        }
        allow("catchError", this::catchError, Map.class, Closure.class);
        allow("retry", this::retry, Integer.class, Closure.class);
        allow("timeout", a -> call(a[1]), Map.class, Closure.class);
        allow("parallel", this::parallel, Map.class);
    }

    private void registerPlaces() {
        for (Class<?> words : List.of(String.class, groovy.lang.GString.class)) {
            allow("stage", this::stage, words, Closure.class);
            allow("dir", this::dir, words, Closure.class);
        }
        allow("node", this::node, String.class, Closure.class);
        allow("withEnv", this::withEnv, List.class, Closure.class);
        allow("sh", this::sh, Map.class);
    }

    private void registerFiles() {
        allow("readJSON", a -> files.readJson(directory().resolve(text(a[0], "file"))), Map.class);
        allow("stash", this::stash, Map.class);
        for (Class<?> words : List.of(String.class, groovy.lang.GString.class)) {
            allow("unstash", this::unstash, words);
            allow("fileExists", a -> files.exists(directory().resolve(a[0].toString())), words);
            allow("readFile", a -> files.read(directory().resolve(a[0].toString())), words);
        }
        allow("archiveArtifacts", this::archive, Map.class);
        allow("junit", a -> null, Map.class);
        allow("deleteDir", a -> {
            files.delete(directory());
            return null;
        });
    }

    private void allow(String name, Step.Body body, Class<?>... arguments) {
        base.getHelper().registerAllowedMethod(MethodSignature.method(name, arguments), new Step(body));
    }

    private Object call(Object closure) {
        return base.getHelper().callClosure((Closure<?>) closure);
    }

    private static String text(Object map, String key) {
        Object value = ((Map<?, ?>) map).get(key);
        return value == null ? "" : value.toString();
    }

    private void worse(String result) {
        int now = RESULTS.indexOf(result());
        if (result.equals("ABORTED") || RESULTS.indexOf(result) > now && now >= 0) {
            currentBuild.put("result", result);
        }
    }

    private Object catchError(Object... a) {
        try {
            return call(a[1]);
        } catch (RuntimeException e) {
            if (e instanceof Interrupted && text(a[0], "catchInterruptions").equals("false")) {
                throw e;
            }
            log.add(text(a[0], "message") + ": " + e.getMessage());
            worse(text(a[0], "buildResult"));
            if (text(a[0], "stageResult").equals("FAILURE")) {
                failedStages.add(stages.peek());
            }
            return null;
        }
    }

    /** As Jenkins does: an interruption is not tried again. */
    private Object retry(Object... a) {
        for (int i = 1; ; i++) {
            try {
                return call(a[1]);
            } catch (Interrupted e) {
                throw e;
            } catch (RuntimeException e) {
                if (i >= (Integer) a[0]) {
                    throw e;
                }
                log.add("again, after: " + e.getMessage());
            }
        }
    }

    /** All branches run to their end; then the first failure is everybody's. */
    private Object parallel(Object... a) {
        RuntimeException first = null;
        for (Map.Entry<?, ?> branch : ((Map<?, ?>) a[0]).entrySet()) {
            try {
                call(branch.getValue());
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return null;
    }

    private Object stage(Object... a) {
        stages.push(a[0].toString());
        try {
            return call(a[1]);
        } finally {
            stages.pop();
        }
    }

    private Object node(Object... a) {
        List<String> there = agents.getOrDefault(a[0].toString(), List.of());
        if (there.isEmpty()) {
            throw new IllegalStateException("no agent has the label " + a[0]);
        }
        String agent = there.get(turn++ % there.size());
        Object before = env.put("NODE_NAME", agent);
        directories.push(root.resolve(agent));
        try {
            return call(a[1]);
        } finally {
            directories.pop();
            env.put("NODE_NAME", before);
        }
    }

    private Object dir(Object... a) {
        directories.push(directory().resolve(a[0].toString()).normalize());
        try {
            return call(a[1]);
        } finally {
            directories.pop();
        }
    }

    private Path directory() {
        if (directories.isEmpty()) {
            throw new IllegalStateException("a step that needs a workspace, outside of any node");
        }
        return directories.peek();
    }

    private Object withEnv(Object... a) {
        List<String> words = new ArrayList<>();
        ((List<?>) a[0]).forEach(word -> words.add(word.toString()));
        environments.push(words);
        try {
            return call(a[1]);
        } finally {
            environments.pop();
        }
    }

    private Object withCredentials(Object... a) {
        Map<?, ?> one = (Map<?, ?>) ((List<?>) a[0]).get(0);
        environments.push(
                one.containsKey("variable")
                        ? List.of(text(one, "variable") + "=" + secretFile(text(one, "credentialsId")))
                        : List.of(
                                text(one, "usernameVariable") + "=someone",
                                text(one, "passwordVariable") + "=pass\"word\\"));
        try {
            return call(a[1]);
        } finally {
            environments.pop();
        }
    }

    /** Where the credentials-binding plugin puts it: beside the directory of the moment, whichever that is. */
    private Path secretFile(String name) {
        return Path.of(directory() + "@tmp", "secretFiles", "6d1f0a52-90b1-4c3e-8f0e-2b7a64c1d9e3", name);
    }

    private Object sh(Object... a) {
        Map<String, String> all = new LinkedHashMap<>();
        environments
                .descendingIterator()
                .forEachRemaining(words -> words.forEach(word -> {
                    int equals = word.indexOf('=');
                    all.put(word.substring(0, equals), word.substring(equals + 1));
                }));
        int code = shell.run(new Shell.Call(
                text(a[0], "label"), text(a[0], "script"), all, String.valueOf(env.get("NODE_NAME")), directory()));
        if (text(a[0], "returnStatus").equals("true")) {
            return code;
        }
        if (code != 0) {
            throw new IllegalStateException("script returned exit code " + code);
        }
        return null;
    }

    /** Nobody's agent may wait for a person. */
    private Object input(Object... a) {
        if (!directories.isEmpty()) {
            throw new IllegalStateException("a person is waited for on an agent");
        }
        log.add("asked " + text(a[0], "submitter") + ": " + text(a[0], "message"));
        if (declined) {
            throw new Interrupted("declined by a person");
        }
        return null;
    }

    private Object lock(Object... a) {
        locks.add(text(a[0], "resource"));
        return call(a[1]);
    }

    private Object checkout() {
        files.checkout(directory());
        return null;
    }

    private Object stash(Object... a) {
        stashes.add(text(a[0], "name"));
        files.stash(directory(), text(a[0], "name"), text(a[0], "includes"), text(a[0], "excludes"));
        return null;
    }

    private Object unstash(Object... a) {
        if (!stashes.contains(a[0].toString())) {
            throw new IllegalStateException("No such saved stash '" + a[0] + "'");
        }
        files.unstash(directory(), a[0].toString());
        return null;
    }

    private Object archive(Object... a) {
        files.archive(directory(), text(a[0], "artifacts"), text(a[0], "excludes"));
        archived.add(text(a[0], "artifacts") + (text(a[0], "fingerprint").equals("true") ? " fingerprinted" : ""));
        return null;
    }
}
