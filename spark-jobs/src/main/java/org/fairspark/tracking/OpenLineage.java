package org.fairspark.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.fairspark.config.FairConfig;
import org.fairspark.config.OpenLineageConfig;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.RunManifest;
import org.fairspark.store.Versions;
import org.fairspark.text.Json;

/**
 * A collector of OpenLineage run events (specification 2-0-2): START when a command begins,
 * COMPLETE or FAIL when it ends. Inputs and outputs are named as the specification names files of
 * each kind of store; the {@code manifest.json} that {@code run} leaves is the facet {@code
 * fairSpark_manifest} of COMPLETE.
 */
final class OpenLineage implements Tracker {
  private static final String SPECIFICATION = "https://openlineage.io/spec/";
  private static final String PRODUCER = "urn:fair-spark:";

  private final OpenLineageConfig config;
  private final String url;
  private final Rest rest;

  OpenLineage(OpenLineageConfig config, String url) {
    this.config = config;
    this.url = url;
    this.rest =
        new Rest(
            url,
            Optional.ofNullable(System.getenv("OPENLINEAGE_API_KEY")).map(key -> "Bearer " + key));
  }

  @Override
  public String name() {
    return "OpenLineage at " + url;
  }

  @Override
  public void began(TrackedRun run) throws IOException, InterruptedException {
    post(run, "START", run.began(), Map.of(), List.of());
  }

  @Override
  public void done(TrackedRun run) throws IOException, InterruptedException {
    OutputRoot root = run.root();
    Map<String, Object> facets = new LinkedHashMap<>();
    manifest(run)
        .ifPresent(
            manifest ->
                facets.put(
                    "fairSpark_manifest",
                    facet("2-0-2/OpenLineage.json#/$defs/RunFacet", "manifest", manifest)));
    List<Object> outputs = new ArrayList<>();
    for (String result : results(run.config())) {
      if (root.fileSystem().exists(root.path(result))) {
        outputs.add(dataset(root.path(result).toUri()));
      }
    }
    post(run, "COMPLETE", Instant.now(), facets, outputs);
  }

  /** Returns the folders of the output root that a command may leave. */
  private static List<String> results(FairConfig config) {
    return Stream.of(
            List.of("images", "samples"),
            config.modelFolders(),
            List.of("maps", "metrics", "scores"))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public void failed(TrackedRun run, String reason) throws IOException, InterruptedException {
    Map<String, Object> error =
        facet(
            "facets/1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet",
            "message",
            reason);
    error.put("programmingLanguage", "java");
    post(run, "FAIL", Instant.now(), Map.of("errorMessage", error), List.of());
  }

  private void post(
      TrackedRun run, String type, Instant time, Map<String, Object> facets, List<Object> outputs)
      throws IOException, InterruptedException {
    rest.begin();
    rest.post("", event(run, type, time, facets, outputs));
  }

  private Map<String, Object> event(
      TrackedRun run, String type, Instant time, Map<String, Object> facets, List<Object> outputs)
      throws IOException {
    Map<String, Object> engine =
        facet(
            "facets/1-1-1/ProcessingEngineRunFacet.json#/$defs/ProcessingEngineRunFacet",
            "version",
            run.sparkVersion());
    engine.put("name", "spark");
    Map<String, Object> runFacets = new LinkedHashMap<>(facets);
    runFacets.put("processing_engine", engine);
    Map<String, Object> jobType =
        facet(
            "facets/2-0-3/JobTypeJobFacet.json#/$defs/JobTypeJobFacet", "processingType", "BATCH");
    jobType.put("integration", "FAIR_SPARK");
    jobType.put("jobType", "JOB");
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventType", type);
    event.put("eventTime", time.toString());
    event.put("run", Map.of("runId", run.id().toString(), "facets", runFacets));
    event.put(
        "job",
        Map.of(
            "namespace",
            config.namespace(),
            "name",
            run.job(),
            "facets",
            Map.of("jobType", jobType)));
    event.put("inputs", inputs(run));
    event.put("outputs", outputs);
    event.put("producer", producer());
    event.put("schemaURL", SPECIFICATION + "2-0-2/OpenLineage.json#/$defs/RunEvent");
    return event;
  }

  /** Returns the manifest that this run left; none if it left none, whatever an older one did. */
  private static Optional<JsonNode> manifest(TrackedRun run) throws IOException {
    String text = run.root().readText(run.root().path(RunManifest.FILE));
    return Optional.ofNullable(text == null ? null : Json.parse(text))
        .filter(found -> !Instant.parse(found.path("started").asText()).isBefore(run.began()));
  }

  private static List<Object> inputs(TrackedRun run) throws IOException {
    String data = run.config().data().root();
    if (data.isEmpty()) {
      return List.of();
    }
    Path path = new Path(data);
    FileSystem files = path.getFileSystem(run.root().fileSystem().getConf());
    return List.of(dataset(files.makeQualified(path).toUri()));
  }

  /** Returns a folder by namespace and name as the specification's naming of stores has it. */
  static Map<String, Object> dataset(URI folder) {
    String scheme = folder.getScheme().replaceFirst("^s3[an]$", "s3");
    String authority = folder.getRawAuthority();
    boolean bucket = List.of("s3", "gs", "abfss", "wasbs").contains(scheme);
    String path = folder.getPath();
    return Map.of(
        "namespace",
        authority == null ? scheme : scheme + "://" + authority,
        "name",
        bucket ? path.replaceFirst("^/+", "") : path);
  }

  private static Map<String, Object> facet(String schema, String key, Object value) {
    Map<String, Object> facet = new LinkedHashMap<>();
    facet.put("_producer", producer());
    facet.put("_schemaURL", SPECIFICATION + schema);
    facet.put(key, value);
    return facet;
  }

  private static String producer() {
    return PRODUCER + Versions.fair();
  }
}
