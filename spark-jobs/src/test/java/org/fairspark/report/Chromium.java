package org.fairspark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven through its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private String session = "";

  private Chromium(Process process, String address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Messages())
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
  }

  /** Returns the browser to use: the variable CHROMIUM or where Debian and others put it. */
  static Optional<Path> installed() {
    String named = System.getenv("CHROMIUM");
    Stream<String> candidates =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    return Stream.concat(Stream.ofNullable(named), candidates)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts the browser.
   *
   * @param profile an empty folder for it
   */
  static Chromium start(Path executable, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--user-data-dir=" + profile)
            .redirectErrorStream(true)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    String line;
    while ((line = output.readLine()) != null) {
      said.append(line).append('\n');
      if (line.startsWith("DevTools listening on ")) {
        Thread drain = new Thread(() -> output.lines().forEach(rest -> {}), "chromium output");
        drain.setDaemon(true);
        drain.start();
        Chromium chromium =
            new Chromium(process, line.substring("DevTools listening on ".length()));
        chromium.attach();
        return chromium;
      }
    }
    throw new IOException("Chromium ended before it listened:\n" + said);
  }

  private void attach() {
    String target =
        send("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    session =
        send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
  }

  /** Errors the page has caused: console, exceptions, blocked or failed loads. */
  List<String> complaints() {
    return complaints;
  }

  /** Addresses asked for, without data: and blob: ones. */
  List<String> requests() {
    return requests;
  }

  void window(int width, int height, boolean phone) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** Colour scheme "light" or "dark", medium "screen" or "print". */
  void media(String scheme, String medium) {
    send(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  void open(URI address) {
    CompletableFuture<JsonNode> loaded = new CompletableFuture<>();
    awaited.put("Page.loadEventFired", loaded);
    send("Page.navigate", Map.of("url", address.toString()));
    loaded.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    settle();
  }

  /** Waits until what a change sets off has been laid out and painted. */
  void settle() {
    evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame("
            + "() => requestAnimationFrame(() => done(true)))))");
  }

  /** Returns the value of a JavaScript expression; a promise is waited for. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  byte[] screenshot(boolean wholePage) {
    JsonNode answer =
        send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", wholePage));
    return Base64.getDecoder().decode(answer.get("data").asText());
  }

  byte[] pdf() {
    JsonNode answer = send("Page.printToPDF", Map.of("printBackground", true));
    return Base64.getDecoder().decode(answer.get("data").asText());
  }

  JsonNode send(String method, Map<String, Object> parameters) {
    int id = lastId.incrementAndGet();
    ObjectNode message = JSON.createObjectNode();
    message.put("id", id);
    message.put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(message.toString(), true).join();
    try {
      return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException(method + " failed: " + e.getCause().getMessage(), e);
    }
  }

  private void receive(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = answers.remove(message.get("id").asInt());
      if (message.has("error")) {
        answer.completeExceptionally(new IllegalStateException(message.get("error").toString()));
      } else {
        answer.complete(message.get("result"));
      }
      return;
    }
    String method = message.path("method").asText();
    JsonNode params = message.path("params");
    switch (method) {
      case "Runtime.exceptionThrown" -> complaints.add(params.get("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" -> {
        if (params.get("type").asText().matches("error|warning|assert")) {
          complaints.add(params.get("args").toString());
        }
      }
      case "Log.entryAdded" -> complaints.add(params.get("entry").toString());
      case "Network.requestWillBeSent" -> {
        String url = params.get("request").get("url").asText();
        if (!url.startsWith("data:") && !url.startsWith("blob:")) {
          requests.add(url);
        }
      }
      default -> {
        CompletableFuture<JsonNode> waiting = awaited.remove(method);
        if (waiting != null) {
          waiting.complete(params);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      session = "";
      send("Browser.close", Map.of());
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (IllegalStateException e) {
      // It is being ended anyway.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private final class Messages implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        String text = partial.toString();
        partial.setLength(0);
        try {
          receive(JSON.readTree(text));
        } catch (IOException e) {
          complaints.add("unreadable message: " + e.getMessage());
        }
      }
      from.request(1);
      return null;
    }
  }
}
