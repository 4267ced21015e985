package org.patchproof.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.patchproof.process.Programs;

/** A headless Chromium of its own, spoken to by the DevTools protocol. One page, which is loaded again. */
public final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    private Browser(Process process, URI page) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Ear())
                .join();
        for (String domain : List.of("Page", "Network", "Runtime", "Log", "Accessibility")) {
            call(domain + ".enable");
        }
    }

    /** Starts one; its profile goes to {@code home}. */
    public static Browser start(Path home) throws Exception {
        Path program = Programs.find("chromium")
                .orElseThrow(() -> new AssertionError(
                        "chromium is not found: run ./patchproof setup --tests, or apt-get install chromium"));
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + home,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(home.resolveSibling(home.getFileName() + ".log").toFile())
                .start();
        try {
            return new Browser(process, page(home.resolve("DevToolsActivePort"), process));
        } catch (Exception | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static URI page(Path portFile, Process process) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            if (Files.exists(portFile) && Files.readAllLines(portFile).size() > 1) {
                String port = Files.readAllLines(portFile).get(0);
                HttpResponse<String> list = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                for (JsonNode target : JSON.readTree(list.body())) {
                    if (target.path("type").asText().equals("page")) {
                        return URI.create(target.path("webSocketDebuggerUrl").asText());
                    }
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("chromium did not come up; see its log beside " + portFile.getParent());
    }

    /** Loads {@code url}, waits until it is there, and forgets what was heard before. */
    public void open(String url) {
        events.clear();
        call("Page.navigate", "url", url);
        until("Page.loadEventFired");
    }

    /** The value of a JavaScript expression, awaited. */
    public JsonNode evaluate(String expression) {
        ObjectNode params = JSON.createObjectNode()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true);
        JsonNode result = call("Runtime.evaluate", params);
        if (result.has("exceptionDetails")) {
            throw new AssertionError("in the page: " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Sets the size of the window, and light or dark. */
    public void look(int width, int height, String scheme) {
        ObjectNode size = JSON.createObjectNode()
                .put("width", width)
                .put("height", height)
                .put("deviceScaleFactor", 1)
                .put("mobile", false);
        call("Emulation.setDeviceMetricsOverride", size);
        ObjectNode media = JSON.createObjectNode();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        call("Emulation.setEmulatedMedia", media);
    }

    /** A picture of the window. */
    public Path screenshot(Path file) throws IOException {
        byte[] png = Base64.getDecoder()
                .decode(call("Page.captureScreenshot", "format", "png")
                        .path("data")
                        .asText());
        Files.createDirectories(file.getParent());
        return Files.write(file, png);
    }

    /** The page as it would be printed. */
    public byte[] print() {
        return Base64.getDecoder().decode(call("Page.printToPDF").path("data").asText());
    }

    /** A key goes down and up. */
    public void key(String name, String text) {
        for (String type : List.of("keyDown", "keyUp")) {
            ObjectNode params =
                    JSON.createObjectNode().put("type", type).put("key", name).put("code", name);
            params.put("windowsVirtualKeyCode", name.equals("Tab") ? 9 : 13);
            if (type.equals("keyDown") && !text.isEmpty()) {
                params.put("text", text);
            }
            call("Input.dispatchKeyEvent", params);
        }
    }

    /** Whether script may run in the pages that are opened from now on. */
    public void allowScript(Script script) {
        call("Emulation.setScriptExecutionDisabled", JSON.createObjectNode().put("value", script == Script.OFF));
    }

    /** Whether pages may run script. */
    public enum Script {
        ON,
        OFF
    }

    /** What the browser tells programs that read to people: role and name of each thing that is seen. */
    public List<String> accessible() {
        List<String> seen = new ArrayList<>();
        for (JsonNode node : call("Accessibility.getFullAXTree").path("nodes")) {
            if (!node.path("ignored").asBoolean()) {
                seen.add(node.at("/role/value").asText() + " "
                        + node.at("/name/value").asText());
            }
        }
        return seen;
    }

    /** URLs that were asked for since {@link #open}. */
    public List<String> requests() {
        return events.stream()
                .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
                .map(event -> event.at("/params/request/url").asText())
                .toList();
    }

    /** What came to the console since {@link #open}: messages, errors, violations of a policy. */
    public List<String> console() {
        List<String> methods = List.of("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded");
        return events.stream()
                .filter(event -> methods.contains(event.path("method").asText()))
                .map(event -> event.path("params").toString())
                .toList();
    }

    private JsonNode call(String method, String... pairs) {
        ObjectNode params = JSON.createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            params.put(pairs[i], pairs[i + 1]);
        }
        return call(method, params);
    }

    private JsonNode call(String method, ObjectNode params) {
        int id = next.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", params);
        socket.sendText(message.toString(), true).join();
        JsonNode said = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (said.has("error")) {
            throw new AssertionError(method + ": " + said.get("error"));
        }
        return said.path("result");
    }

    private void until(String method) {
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        while (events.stream().noneMatch(event -> event.path("method").asText().equals(method))) {
            if (System.nanoTime() > end) {
                throw new AssertionError(method + " did not come");
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                hear(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void hear(String message) {
            try {
                JsonNode said = JSON.readTree(message);
                CompletableFuture<JsonNode> asked =
                        said.has("id") ? waiting.remove(said.get("id").asInt()) : null;
                if (asked != null) {
                    asked.complete(said);
                } else {
                    events.add(said);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
