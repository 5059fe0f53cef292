package org.fairspark.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The part of a Kubernetes API server as {@code spark-submit} talks to: it takes every object, says
 * that it was made, and remembers it. No pod is ever started.
 */
final class KubernetesApi implements AutoCloseable {
  /** The field that a remembered object has besides: the path that it was sent to. */
  static final String SENT_TO = "sent-to";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** An object that was sent, in the order in which they came. */
  private final List<JsonNode> objects = new CopyOnWriteArrayList<>();

  private final HttpServer server;

  private KubernetesApi(HttpServer server) {
    this.server = server;
  }

  static KubernetesApi start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      KubernetesApi api = new KubernetesApi(server);
      server.createContext("/", api::answer);
      server.start();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the address as {@code --master} takes it. */
  String master() {
    return "k8s://http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns all objects of a kind, such as {@code Pod}, as they were sent. */
  List<JsonNode> objects(String kind) {
    List<JsonNode> found = new ArrayList<>(objects);
    found.removeIf(object -> !object.path("kind").asText().equals(kind));
    return found;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (body.length == 0) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      ObjectNode object = (ObjectNode) JSON.readTree(body);
      objects.add(object.deepCopy().put(SENT_TO, exchange.getRequestURI().getPath()));
      object.withObject("/metadata").put("uid", "00000000-0000-0000-0000-00000000000a");
      byte[] made = JSON.writeValueAsBytes(object);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(
          exchange.getRequestMethod().equals("POST") ? 201 : 200, made.length);
      exchange.getResponseBody().write(made);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
