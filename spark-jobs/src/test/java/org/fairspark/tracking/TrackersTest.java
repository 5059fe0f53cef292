package org.fairspark.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.store.OutputRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackersTest {
  @TempDir private Path root;
  private RecordingServer server;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server =
        new RecordingServer()
            .answering(
                "/api/2.0/mlflow/experiments/get-by-name",
                404,
                "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"no experiment\"}")
            .answering("/api/2.0/mlflow/experiments/create", 200, "{\"experiment_id\":\"7\"}")
            .answering(
                "/api/2.0/mlflow/runs/create",
                200,
                "{\"run\":{\"info\":{\"run_id\":\"abc\",\"artifact_uri\":\"mlflow-artifacts:/7/abc/artifacts\"}}}")
            .answering(
                "/api/2.0/mlflow/registered-models/create",
                400,
                "{\"error_code\":\"RESOURCE_ALREADY_EXISTS\",\"message\":\"there\"}");
    Files.createDirectories(root.resolve("metrics"));
    Files.writeString(
        root.resolve("metrics/metrics.json"),
        "{\"categories\":{\"bottle\":{\"image_auroc\":0.75,\"aupro\":0.5,\"roc\":[[0,1]]}},\"mean\":{\"image_auroc\":0.75}}");
    Files.createDirectories(root.resolve("report"));
    Files.writeString(root.resolve("report/index.html"), "<html/>");
    Files.createDirectories(root.resolve("models/größe 1"));
    Files.writeString(root.resolve("models/größe 1/weights.safetensors"), "");
    Files.createDirectories(root.resolve("models/größe 1/discriminator"));
    Files.writeString(root.resolve("models/größe 1/discriminator/loss.csv"), "");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TrackedRun run(Map<String, String> settings) throws IOException {
    FairConfig config = ConfigLoader.defaults().with(settings);
    TrackedRun run =
        TrackedRun.begin(
            "run", config, OutputRoot.of(new Configuration(), root.toString()), "3.5.9");
    Files.writeString(
        root.resolve("manifest.json"),
        "{\"started\":\"%s\",\"images\":3}".formatted(Instant.now()));
    return run;
  }

  private Trackers trackers(TrackedRun run) {
    return Trackers.of(run.config().tracking(), run.job(), warnings::add);
  }

  @Test
  void withoutSettingsNobodyIsTold() throws IOException {
    assertThat(trackers(run(Map.of())).isEmpty()).isTrue();
  }

  @Test
  void mlflowGetsSettingsFiguresFilesAndModels() throws IOException {
    TrackedRun run =
        run(
            Map.of(
                "tracking.mlflow.uri",
                server.address(),
                "tracking.mlflow.registered-model",
                "fair"));
    Trackers trackers = trackers(run);
    trackers.began(run);
    trackers.done(run);

    assertThat(warnings).isEmpty();
    assertThat(server.requests("POST /api/2.0/mlflow/experiments/create").get(0).json().get("name"))
        .hasToString("\"fair-spark\"");
    List<JsonNode> batches = new ArrayList<>();
    for (RecordingServer.Request request : server.requests("POST /api/2.0/mlflow/runs/log-batch")) {
      batches.add(request.json());
    }
    assertThat(batches).allSatisfy(b -> assertThat(b.path("params").size()).isLessThan(101));
    assertThat(values(batches, "params"))
        .as("every setting")
        .hasSize(run.config().toFlatMap().size())
        .contains("\"image.size\" = \"256\"");
    assertThat(values(batches, "metrics"))
        .as("numbers alone")
        .containsExactlyInAnyOrder(
            "\"bottle/image_auroc\" = 0.75",
            "\"bottle/aupro\" = 0.5",
            "\"mean/image_auroc\" = 0.75");
    String artifacts = "PUT /api/2.0/mlflow-artifacts/artifacts/7/abc/artifacts/";
    assertThat(server.requests("PUT"))
        .extracting(RecordingServer.Request::line)
        .containsExactlyInAnyOrder(
            artifacts + "manifest.json",
            artifacts + "metrics/metrics.json",
            artifacts + "report/index.html",
            artifacts + "models/gr%C3%B6%C3%9Fe%201/weights.safetensors",
            artifacts + "models/gr%C3%B6%C3%9Fe%201/discriminator/loss.csv");
    JsonNode version = server.requests("POST /api/2.0/mlflow/model-versions/create").get(0).json();
    assertThat(version.get("name").asText()).isEqualTo("fair-größe 1");
    assertThat(version.get("source").asText())
        .isEqualTo("mlflow-artifacts:/7/abc/artifacts/models/größe 1");
    JsonNode end = server.requests("POST /api/2.0/mlflow/runs/update").get(0).json();
    assertThat(end.get("status").asText()).isEqualTo("FINISHED");
  }

  private static List<String> values(List<JsonNode> batches, String kind) {
    return batches.stream()
        .flatMap(batch -> StreamSupport.stream(batch.path(kind).spliterator(), false))
        .map(node -> node.get("key") + " = " + node.get("value"))
        .toList();
  }

  @Test
  void aFailedRunIsMarkedInMlflow() throws IOException {
    TrackedRun run = run(Map.of("tracking.mlflow.uri", server.address()));
    Trackers trackers = trackers(run);
    trackers.began(run);
    trackers.failed(run, "out of memory");
    assertThat(server.requests("POST /api/2.0/mlflow/runs/set-tag").get(0).body())
        .contains("out of memory");
    assertThat(server.requests("POST /api/2.0/mlflow/runs/update").get(0).body())
        .contains("FAILED");
  }

  @Test
  void aServerThatKeepsArtifactsElsewhereGetsTheRest() throws IOException {
    server.answering(
        "/api/2.0/mlflow/runs/create",
        200,
        "{\"run\":{\"info\":{\"run_id\":\"abc\",\"artifact_uri\":\"s3://bucket/abc\"}}}");
    TrackedRun run = run(Map.of("tracking.mlflow.uri", server.address()));
    Trackers trackers = trackers(run);
    trackers.began(run);
    trackers.done(run);
    assertThat(server.requests("PUT")).isEmpty();
    assertThat(server.requests("POST /api/2.0/mlflow/runs/update")).hasSize(1);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("keeps artifacts in s3://bucket/abc");
  }

  @Test
  void openLineageGetsStartAndCompleteOfOneRun() throws IOException {
    TrackedRun run =
        run(
            Map.of(
                "tracking.openlineage.url",
                server.address() + "/api/v1/lineage",
                "data.root",
                root.resolve("data").toString()));
    Trackers trackers = trackers(run);
    trackers.began(run);
    trackers.done(run);

    assertThat(warnings).isEmpty();
    assertThat(server.requests())
        .hasSize(2)
        .extracting(RecordingServer.Request::line)
        .containsOnly("POST /api/v1/lineage");
    JsonNode start = server.requests().get(0).json();
    JsonNode complete = server.requests().get(1).json();
    assertThat(start.get("eventType").asText()).isEqualTo("START");
    assertThat(complete.get("eventType").asText()).isEqualTo("COMPLETE");
    assertThat(complete.at("/run/runId")).isEqualTo(start.at("/run/runId"));
    assertThat(complete.at("/job/name").asText()).isEqualTo("run");
    assertThat(complete.at("/run/facets/fairSpark_manifest/manifest/images").asInt()).isEqualTo(3);
    assertThat(complete.at("/run/facets/processing_engine/version").asText()).isEqualTo("3.5.9");
    assertThat(complete.at("/inputs/0/namespace").asText()).isEqualTo("file");
    assertThat(complete.at("/inputs/0/name").asText()).isEqualTo(root.resolve("data").toString());
    assertThat(complete.get("outputs").findValuesAsText("name"))
        .containsExactly(root.resolve("models").toString(), root.resolve("metrics").toString());
  }

  @Test
  void openLineageGetsTheReasonOfAFailure() throws IOException {
    TrackedRun run = run(Map.of("tracking.openlineage.url", server.address()));
    Trackers trackers = trackers(run);
    trackers.began(run);
    trackers.failed(run, "out of memory");
    JsonNode event = server.requests().get(1).json();
    assertThat(event.get("eventType").asText()).isEqualTo("FAIL");
    assertThat(event.at("/run/facets/errorMessage/message").asText()).isEqualTo("out of memory");
  }

  @Test
  void storesAreNamedAsTheSpecificationHasIt() {
    assertThat(OpenLineage.dataset(URI.create("s3a://bucket/a/b")))
        .containsEntry("namespace", "s3://bucket")
        .containsEntry("name", "a/b");
    assertThat(OpenLineage.dataset(URI.create("hdfs://node:8020/a")))
        .containsEntry("namespace", "hdfs://node:8020")
        .containsEntry("name", "/a");
  }

  @Test
  void serversThatAreDownCostAWarningEachAndNoTime() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    TrackedRun run =
        run(
            Map.of(
                "tracking.mlflow.uri", "http://127.0.0.1:" + closed,
                "tracking.openlineage.url", "http://127.0.0.1:" + closed + "/api/v1/lineage"));
    Trackers trackers = trackers(run);
    Instant before = Instant.now();
    trackers.began(run);
    trackers.done(run);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
    assertThat(warnings)
        .containsExactly(
            "MLflow at http://127.0.0.1:%d is not told of this run: it cannot be reached"
                .formatted(closed),
            "OpenLineage at http://127.0.0.1:%d/api/v1/lineage is not told of this run: it cannot be reached"
                .formatted(closed));
  }

  @Test
  void anErrorOfAServerIsOneLine() throws IOException {
    server.answering("/", 500, "<html>\nbroken\n</html>");
    TrackedRun run = run(Map.of("tracking.openlineage.url", server.address()));
    Trackers trackers = trackers(run);
    trackers.began(run);
    trackers.done(run);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("answers 500").doesNotContain("\n");
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() throws IOException {
    // It takes connections, and nobody is there.
    try (ServerSocket silent = new ServerSocket(0)) {
      Rest rest =
          new Rest(
              "http://127.0.0.1:" + silent.getLocalPort(),
              Optional.empty(),
              Duration.ofMillis(200));
      rest.begin();
      assertThatThrownBy(() -> rest.get("/"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no end after");
    }
  }
}
