package org.fairspark.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.fairspark.config.MlflowConfig;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.RunManifest;
import org.fairspark.text.Json;

/**
 * An MLflow server (REST interface 2.0, MLflow 2 and 3): a run with all settings as parameters,
 * each category's figures as metrics, manifest, metrics, report and models as artifacts, and, where
 * it is asked for, each category's model as a version of a registered model.
 *
 * <p>Artifacts go through the server's own artifact interface. A server whose artifacts clients
 * write to a store by themselves takes parameters and metrics and no artifacts.
 */
final class Mlflow implements Tracker {
  /** The commands that leave metrics, report and models in one output root. */
  private static final Set<String> JOBS = Set.of("run", "demo");

  private static final String API = "/api/2.0/mlflow/";
  private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final String PROXIED = "mlflow-artifacts:/";

  /** Parameters and metrics that a request may have. */
  private static final int PARAMETERS_AT_ONCE = 100;

  private static final int METRICS_AT_ONCE = 900;

  /** Characters that a parameter's value may have. */
  private static final int LONGEST_VALUE = 6000;

  private final MlflowConfig config;
  private final String uri;
  private final Rest rest;
  private String runId;
  private String artifacts;

  Mlflow(MlflowConfig config, String uri) {
    this.config = config;
    this.uri = uri;
    this.rest = new Rest(uri, authorization(System.getenv()));
  }

  static boolean takes(String job) {
    return JOBS.contains(job);
  }

  /** Returns who signs in, by the variables that MLflow's own clients read. */
  static Optional<String> authorization(Map<String, String> environment) {
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    if (user != null) {
      String pair = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
      return Optional.of(
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    return Optional.ofNullable(token).map(value -> "Bearer " + value);
  }

  @Override
  public String name() {
    return "MLflow at " + uri;
  }

  @Override
  public void began(TrackedRun run) throws IOException, InterruptedException {
    rest.begin();
    JsonNode info =
        rest.post(
                API + "runs/create",
                Map.of(
                    "experiment_id",
                    experiment(),
                    "run_name",
                    run.job() + " " + run.began(),
                    "start_time",
                    run.began().toEpochMilli(),
                    "tags",
                    List.of(
                        tag("mlflow.source.name", "fair-spark " + run.job()),
                        tag("mlflow.source.type", "JOB"),
                        tag("output.root", run.root().path().toString()))))
            .path("run")
            .path("info");
    runId = info.path("run_id").asText();
    artifacts = info.path("artifact_uri").asText();
    List<Map<String, Object>> parameters = new ArrayList<>();
    run.config()
        .toFlatMap()
        .forEach((key, value) -> parameters.add(Map.of("key", key, "value", cut(value))));
    batches("params", parameters, PARAMETERS_AT_ONCE);
  }

  @Override
  public void done(TrackedRun run) throws IOException, InterruptedException {
    rest.begin();
    OutputRoot root = run.root();
    batches("metrics", metrics(root, Instant.now().toEpochMilli()), METRICS_AT_ONCE);
    if (artifacts.startsWith(PROXIED)) {
      put(root, root.path(RunManifest.FILE), RunManifest.FILE);
      for (String file : List.of("metrics.json", "metrics.csv")) {
        put(root, new Path(root.path("metrics"), file), "metrics/" + file);
      }
      put(root, new Path(root.path("report"), "index.html"), "report/index.html");
      for (FileStatus category : folders(root, root.path("models"))) {
        model(root, category.getPath());
      }
    }
    end("FINISHED");
    if (!artifacts.startsWith(PROXIED)) {
      throw new IOException(
          "settings and metrics are there; it keeps artifacts in "
              + artifacts
              + " and takes none itself (mlflow server --serve-artifacts)");
    }
  }

  @Override
  public void failed(TrackedRun run, String reason) throws IOException, InterruptedException {
    rest.begin();
    rest.post(API + "runs/set-tag", Map.of("run_id", runId, "key", "error", "value", cut(reason)));
    end("FAILED");
  }

  private String experiment() throws IOException, InterruptedException {
    String name = URLEncoder.encode(config.experiment(), StandardCharsets.UTF_8);
    try {
      return rest.get(API + "experiments/get-by-name?experiment_name=" + name)
          .path("experiment")
          .path("experiment_id")
          .asText();
    } catch (Rest.RefusedException e) {
      if (!e.code().equals("RESOURCE_DOES_NOT_EXIST")) {
        throw e;
      }
      return rest.post(API + "experiments/create", Map.of("name", config.experiment()))
          .path("experiment_id")
          .asText();
    }
  }

  private void batches(String kind, List<Map<String, Object>> all, int size)
      throws IOException, InterruptedException {
    for (int from = 0; from < all.size(); from += size) {
      rest.post(
          API + "runs/log-batch",
          Map.of("run_id", runId, kind, all.subList(from, Math.min(all.size(), from + size))));
    }
  }

  /** Returns every number of every category, and of the means, in {@code metrics.json}. */
  static List<Map<String, Object>> metrics(OutputRoot root, long time) throws IOException {
    String text = root.readText(new Path(root.path("metrics"), "metrics.json"));
    JsonNode all = Json.parse(text == null ? "{}" : text);
    Map<String, JsonNode> groups = new LinkedHashMap<>();
    all.path("categories").fields().forEachRemaining(e -> groups.put(e.getKey(), e.getValue()));
    groups.put("mean", all.path("mean"));
    List<Map<String, Object>> metrics = new ArrayList<>();
    groups.forEach(
        (group, values) ->
            values
                .fields()
                .forEachRemaining(
                    e -> {
                      if (e.getValue().isNumber()) {
                        metrics.add(
                            Map.of(
                                "key",
                                key(group + "/" + e.getKey()),
                                "value",
                                e.getValue().asDouble(),
                                "timestamp",
                                time,
                                "step",
                                0));
                      }
                    }));
    return metrics;
  }

  /** Returns a key with the characters that MLflow allows alone. */
  static String key(String text) {
    return text.replaceAll("[^A-Za-z0-9_./ -]", "_");
  }

  private void put(OutputRoot root, Path file, String name)
      throws IOException, InterruptedException {
    FileSystem files = root.fileSystem();
    if (files.exists(file)) {
      rest.put(ARTIFACTS + path(artifacts.substring(PROXIED.length()) + "/" + name), files, file);
    }
  }

  /** Returns a path as a URI has it. */
  private static String path(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  /** Sends the files of a folder and of those within, such as a further network of a model. */
  private void putAll(OutputRoot root, Path folder, String name)
      throws IOException, InterruptedException {
    for (FileStatus file : root.fileSystem().listStatus(folder)) {
      String below = name + "/" + file.getPath().getName();
      if (file.isFile()) {
        put(root, file.getPath(), below);
      } else {
        putAll(root, file.getPath(), below);
      }
    }
  }

  private void model(OutputRoot root, Path folder) throws IOException, InterruptedException {
    String category = folder.getName();
    putAll(root, folder, "models/" + category);
    if (config.registeredModel().isEmpty()) {
      return;
    }
    String name = config.registeredModel().get() + "-" + category.replaceAll("[/:.]", "_");
    try {
      rest.post(API + "registered-models/create", Map.of("name", name));
    } catch (Rest.RefusedException e) {
      if (!e.code().equals("RESOURCE_ALREADY_EXISTS")) {
        throw e;
      }
    }
    rest.post(
        API + "model-versions/create",
        Map.of("name", name, "source", artifacts + "/models/" + category, "run_id", runId));
  }

  private void end(String status) throws IOException, InterruptedException {
    rest.post(
        API + "runs/update",
        Map.of("run_id", runId, "status", status, "end_time", Instant.now().toEpochMilli()));
  }

  private static List<FileStatus> folders(OutputRoot root, Path folder) throws IOException {
    FileSystem files = root.fileSystem();
    if (!files.exists(folder)) {
      return List.of();
    }
    return List.of(files.listStatus(folder)).stream()
        .filter(FileStatus::isDirectory)
        .filter(status -> !status.getPath().getName().startsWith("_"))
        .toList();
  }

  private static Map<String, Object> tag(String key, String value) {
    return Map.of("key", key, "value", value);
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
  }
}
