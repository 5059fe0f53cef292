package org.fairspark.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.fairspark.text.Json;

/** A server with a REST interface: JSON goes in and comes out, within a bounded time. */
final class Rest {
  /** The longest that all requests of one occasion may take. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration TO_CONNECT = Duration.ofSeconds(5);

  // Asking for HTTP/2 by an upgrade has servers warn that they do not know it.
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TO_CONNECT)
          .build();
  private final String root;
  private final Optional<String> authorization;
  private final Duration patience;
  private Instant deadline = Instant.now();

  /**
   * Makes a client; nothing is asked.
   *
   * @param root the address that paths are appended to
   * @param authorization the header of that name; none without
   */
  Rest(String root, Optional<String> authorization) {
    this(root, authorization, PATIENCE);
  }

  Rest(String root, Optional<String> authorization, Duration patience) {
    this.root = root.replaceFirst("/+$", "");
    this.authorization = authorization;
    this.patience = patience;
  }

  /** An answer that is no success. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient JsonNode body;

    RefusedException(String message, JsonNode body) {
      super(message);
      this.body = body;
    }

    /** Returns the server's own word for the error, such as {@code RESOURCE_DOES_NOT_EXIST}. */
    String code() {
      return body.path("error_code").asText();
    }
  }

  /** Begins an occasion: from now on {@link #PATIENCE} holds for all requests together. */
  void begin() {
    deadline = Instant.now().plus(patience);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** Posts a value as JSON and returns the answer. */
  JsonNode post(String path, Object value) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(value))));
  }

  /** Puts a file there as it is. */
  void put(String path, FileSystem files, Path file) throws IOException, InterruptedException {
    long length = files.getFileStatus(file).getLen();
    BodyPublisher content =
        BodyPublishers.ofInputStream(
            () -> {
              try {
                return files.open(file);
              } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
              }
            });
    send(
        request(path)
            .header("Content-Type", "application/octet-stream")
            .PUT(
                length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.fromPublisher(content, length)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private Duration left() {
    Duration left = Duration.between(Instant.now(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private JsonNode send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    // A request's own time limit ends with the header of the answer.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, BodyHandlers.ofString());
    HttpResponse<String> response;
    try {
      response = answer.get(left().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no end after " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectException
          || e.getCause() instanceof HttpConnectTimeoutException) {
        throw new IOException("it cannot be reached", e);
      }
      throw new IOException(e.getCause().toString(), e);
    }
    JsonNode body = parse(response.body());
    if (response.statusCode() / 100 != 2) {
      String said = body.path("message").asText(response.body());
      throw new RefusedException(
          "%s answers %d: %s"
              .formatted(
                  request.uri().getPath(),
                  response.statusCode(),
                  said.lines().findFirst().orElse("nothing")),
          body);
    }
    return body;
  }

  private static JsonNode parse(String text) {
    try {
      return text.isBlank() ? MissingNode.getInstance() : Json.parse(text);
    } catch (IOException e) {
      // A page of some proxy, or a plain word.
      return MissingNode.getInstance();
    }
  }
}
