package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.fairspark.config.ExportConfig.Size;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.failure.FairException;
import org.fairspark.image.ImageSize;
import org.fairspark.modelfile.NetworkFile;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.scoring.PositionProfile;
import org.fairspark.scoring.Scorer;
import org.fairspark.store.JsonFile;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.Versions;
import org.fairspark.text.Json;
import org.fairspark.text.Sha256;

/**
 * {@code models/CATEGORY/}: {@code weights.safetensors}, the same network as {@code model.onnx},
 * {@code loss.csv} and, written last, {@code manifest.json}. While training goes on, {@code
 * checkpoint.safetensors}: the newest, whole at any moment.
 *
 * <p>A model that was fitted on a backbone's features has {@code weights.safetensors}, {@code
 * backbone.onnx} and {@code manifest.json}. A further network of a method may lie in a folder
 * within, as a model of its own.
 */
public final class ModelStore {
  /** The folder of the models that score images. */
  public static final String MODELS = "models";

  static final String WEIGHTS = "weights.safetensors";
  static final String ONNX = "model.onnx";
  static final String BACKBONE = "backbone.onnx";
  static final String MANIFEST = "manifest.json";
  static final String LOSS = "loss.csv";
  static final String CHECKPOINT = "checkpoint.safetensors";

  private static final String EPOCHS = "loss_csv";
  private static final String DURATION = "duration_seconds";
  static final String FINGERPRINT = "fingerprint";
  private static final String CALIBRATION = "calibration.json";
  static final String CALIBRATION_ENTRY = "calibration";
  private static final String SCORE = "score";
  private static final String SHA256 = "sha256";
  private static final String PROVENANCE = "provenance";
  private static final String WEIGHTS_SHA256 = "weights_sha256";
  private static final String BACKBONE_SHA256 = "backbone_sha256";
  private static final String ONNX_SHA256 = "onnx_sha256";
  private static final String ONNX_SIZE = "onnx_size";
  private static final String TRAINING = "training";

  /** An array of floats is no larger. */
  private static final long MAX_FITTED_BYTES = 8L << 30;

  private static final String REMEDY = "remove the folder and run train again";

  private final OutputRoot root;
  private final String category;
  private final Path folder;

  public ModelStore(OutputRoot root, String category) {
    this(root, MODELS, category);
  }

  /**
   * Makes the store of another kind of models.
   *
   * @param kind a folder under the root, such as {@link #MODELS}
   */
  public ModelStore(OutputRoot root, String kind, String category) {
    this(root, kind, category, Optional.empty());
  }

  /**
   * Makes the store of a part of models.
   *
   * @param kind a folder under the root, such as {@link #MODELS}
   * @param part a folder in that of the category; empty for that one itself
   */
  public ModelStore(OutputRoot root, String kind, String category, Optional<String> part) {
    if (category.isEmpty() || category.startsWith(".") || category.matches(".*[/\\\\].*")) {
      throw new IllegalArgumentException("not a category's name: " + category);
    }
    this.root = root;
    this.category = category;
    Path whole = new Path(root.path(kind), category);
    this.folder = part.map(name -> new Path(whole, name)).orElse(whole);
  }

  /** Returns the store of one of a method's networks. */
  public static ModelStore of(OutputRoot root, MethodNetwork network, String category) {
    return new ModelStore(root, network.folder(), category, network.part());
  }

  /**
   * Tells whether the model is complete and was trained from just this.
   *
   * @throws FairException if a model of other settings or data is there
   */
  public boolean isFinished(Provenance provenance) {
    Optional<JsonNode> manifest = manifest();
    if (manifest.isEmpty()) {
      return false;
    }
    if (manifest.get().path(FINGERPRINT).asText().equals(provenance.fingerprint())) {
      return true;
    }
    Map<String, String> there = new LinkedHashMap<>();
    manifest
        .get()
        .path(PROVENANCE)
        .fields()
        .forEachRemaining(e -> there.put(e.getKey(), e.getValue().asText()));
    throw FairException.refused(
        "output.root holds a model of %s from other settings or data: %s"
            .formatted(category, String.join("; ", Provenance.of(there).differences(provenance))),
        folder.toString(),
        "give another output.root; or go back to those settings; or remove that folder");
  }

  private Optional<JsonNode> manifest() {
    return manifestFile().read();
  }

  private JsonFile manifestFile() {
    return new JsonFile(root, new Path(folder, MANIFEST), REMEDY);
  }

  private FairException damaged(String problem, Exception cause) {
    return FairException.failed(
        "the model of %s cannot be trusted: %s".formatted(category, problem),
        folder.toString(),
        REMEDY,
        cause);
  }

  /**
   * Tells whether the finished model's calibration is there, whole, and was made from just this.
   */
  public boolean isCalibrated(Provenance provenance) {
    JsonNode entry = manifest().map(m -> m.path(CALIBRATION_ENTRY)).orElse(null);
    return entry != null
        && entry.path(FINGERPRINT).asText().equals(provenance.fingerprint())
        && entry.path(SHA256).asText().equals(sha256Of(root.readText(calibrationFile())));
  }

  private Path calibrationFile() {
    return new Path(folder, CALIBRATION);
  }

  private static String sha256Of(String text) {
    return text == null ? "missing" : Sha256.hex(text);
  }

  /** Gives a finished model another calibration. */
  public void recalibrate(NewCalibration calibration, Provenance provenance) throws IOException {
    ObjectNode changed = (ObjectNode) manifest().orElseThrow();
    changed.set(CALIBRATION_ENTRY, Json.tree(writeCalibration(calibration, provenance)));
    manifestFile().write(changed);
  }

  private Map<String, String> writeCalibration(NewCalibration made, Provenance provenance)
      throws IOException {
    ModelCalibration calibration = made.calibration();
    if (made.positions().isPresent()) {
      PositionProfile positions = made.positions().get();
      String sha256 = write(PositionsFile.NAME, out -> PositionsFile.write(positions, out));
      calibration = calibration.with(calibration.score().with(Optional.of(sha256)));
    }
    byte[] text = calibration.toJson().getBytes(StandardCharsets.UTF_8);
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put(SHA256, write(CALIBRATION, out -> out.write(text)));
    entry.put(FINGERPRINT, provenance.fingerprint());
    entry.put(SCORE, calibration.score().choice().statistic().word());
    return entry;
  }

  private ModelCalibration calibration(JsonNode manifest) {
    if (!manifest.has(CALIBRATION_ENTRY)) {
      return ModelCalibration.none("the program that trained the model knew no calibration");
    }
    String text = root.readText(calibrationFile());
    String expected = manifest.path(CALIBRATION_ENTRY).path(SHA256).asText();
    if (!sha256Of(text).equals(expected)) {
      throw damaged(
          "SHA-256 of %s is %s, its manifest says %s"
              .formatted(CALIBRATION, sha256Of(text), expected),
          null);
    }
    try {
      return ModelCalibration.fromJson(text);
    } catch (IllegalArgumentException e) {
      throw damaged(CALIBRATION + ": " + e.getMessage(), e);
    }
  }

  /**
   * Looks at a finished model without reading its weights.
   *
   * @throws FairException if there is none, or its calibration is not the one its manifest names
   */
  public ModelMetadata metadata() {
    JsonNode manifest = requireManifest();
    return new ModelMetadata(
        category, manifest.path(WEIGHTS_SHA256).asText(), manifest, calibration(manifest));
  }

  /**
   * Returns the scores that a finished model was calibrated with.
   *
   * @throws FairException if there is no model, or a file is not the one that its manifest names
   */
  public Scorer scorer() {
    ModelScore score = metadata().calibration().score();
    PositionProfile positions =
        score
            .positionsSha256()
            .map(sha -> read(PositionsFile.NAME, sha, PositionsFile::read))
            .orElse(null);
    return Scorer.of(score.choice().statistic(), score.pixels().statistic(), positions);
  }

  /** Returns the weights of a finished model. */
  public NetworkWeights state() {
    String expected = requireManifest().path(WEIGHTS_SHA256).asText();
    return read(WEIGHTS, expected, in -> NetworkFile.read(in).weights());
  }

  /** Returns the newest checkpoint, if there is one and it belongs to just this. */
  public Optional<Checkpoint> newestCheckpoint(Provenance provenance) throws IOException {
    Path file = new Path(folder, CHECKPOINT);
    if (!root.fileSystem().exists(file)) {
      return Optional.empty();
    }
    NetworkFile.Loaded loaded;
    try (InputStream in = root.fileSystem().open(file)) {
      loaded = NetworkFile.read(in);
    } catch (IOException e) {
      throw damaged("its checkpoint is not whole: " + e.getMessage(), e);
    }
    if (!provenance.fingerprint().equals(loaded.metadata().get(FINGERPRINT))) {
      throw FairException.refused(
          "output.root holds unfinished training of %s with other settings or data"
              .formatted(category),
          file.toString(),
          "give another output.root; or go back to those settings; or remove that file");
    }
    List<EpochSummary> history =
        loaded.metadata().get(EPOCHS).lines().map(EpochSummary::ofCsv).toList();
    double seconds = Double.parseDouble(loaded.metadata().get(DURATION));
    return Optional.of(
        new Checkpoint(loaded.weights(), history, Duration.ofMillis((long) (1000 * seconds))));
  }

  /** Returns the checkpoint's path, for messages. */
  public String describeCheckpoint() {
    return new Path(folder, CHECKPOINT).toString();
  }

  public void writeCheckpoint(Checkpoint checkpoint, Provenance provenance) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FINGERPRINT, provenance.fingerprint());
    metadata.put(EPOCHS, csv(checkpoint.history()));
    metadata.put(DURATION, String.valueOf(checkpoint.duration().toMillis() / 1000.0));
    write(CHECKPOINT, out -> NetworkFile.writeCheckpoint(checkpoint.state(), metadata, out));
    writeLoss(checkpoint.history());
  }

  private static String csv(List<EpochSummary> history) {
    return history.stream().map(EpochSummary::toCsv).collect(Collectors.joining("\n"));
  }

  private void writeLoss(List<EpochSummary> history) throws IOException {
    String text = EpochSummary.CSV_HEADER + "\n" + csv(history) + "\n";
    root.writeText(new Path(folder, LOSS), text);
  }

  /** Writes the model, its manifest last, and removes the checkpoint. */
  public void finish(
      Checkpoint last,
      Provenance provenance,
      FairConfig config,
      TrainingRecord training,
      PixelSource pixels,
      NewCalibration calibration,
      Provenance calibratedBy)
      throws IOException {
    NetworkWeights state = last.state();
    writeLoss(last.history());
    String sha256 =
        write(WEIGHTS, out -> NetworkFile.writeWeights(state, Map.of("category", category), out));
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", 1);
    manifest.put("category", category);
    manifest.put("network", network(state));
    manifest.put("image_size", config.image().size().plain());
    manifest.put("extractor", config.extractor().describe());
    manifest.put(WEIGHTS_SHA256, sha256);
    manifest.put(CALIBRATION_ENTRY, writeCalibration(calibration, calibratedBy));
    if (OnnxExport.fits(state.spec())) {
      Map<String, String> metadata =
          OnnxMetadata.of(
              category,
              sha256,
              config,
              training.fields(),
              provenance.values(),
              calibration.calibration().engine());
      manifest.put(ONNX_SHA256, writeOnnx(state, config, metadata));
      manifest.put(ONNX_SIZE, word(config.export().size()));
    }
    manifest.put(FINGERPRINT, provenance.fingerprint());
    manifest.put(PROVENANCE, provenance.values());
    manifest.put(TRAINING, training.fields());
    manifest.put("pixels", pixels.fields());
    manifest.put("created", Instant.now().toString());
    manifest.put("versions", Versions.all());
    manifest.put("configuration", config.toMap());
    manifestFile().write(manifest);
    root.fileSystem().delete(new Path(folder, CHECKPOINT), false);
  }

  private String writeOnnx(NetworkWeights state, FairConfig config, Map<String, String> metadata)
      throws IOException {
    Optional<ImageSize> size =
        config.export().size() == Size.FIXED
            ? Optional.of(config.image().size())
            : Optional.empty();
    return write(ONNX, out -> OnnxExport.write(state, size, metadata, out));
  }

  private static String word(Size size) {
    return size.name().toLowerCase(Locale.ROOT);
  }

  private static String onnxSize(JsonNode manifest) {
    return manifest.path(ONNX_SIZE).asText(word(Size.FREE));
  }

  /**
   * Writes the ONNX file of a finished model again if it is not of the size that is configured.
   *
   * @return whether it was written
   */
  public boolean exportAgain(FairConfig config) throws IOException {
    ObjectNode manifest = (ObjectNode) requireManifest();
    if (!manifest.hasNonNull(ONNX_SHA256)
        || onnxSize(manifest).equals(word(config.export().size()))) {
      return false;
    }
    TrainedModel model = open();
    Map<String, String> provenance = new LinkedHashMap<>();
    manifest
        .path(PROVENANCE)
        .fields()
        .forEachRemaining(e -> provenance.put(e.getKey(), e.getValue().asText()));
    Map<String, String> training = new LinkedHashMap<>();
    manifest
        .path(TRAINING)
        .fields()
        .forEachRemaining(e -> training.put(e.getKey(), e.getValue().asText()));
    Map<String, String> metadata =
        OnnxMetadata.of(
            category, model.id(), config, training, provenance, model.calibration().engine());
    manifest.put(ONNX_SHA256, writeOnnx(model.state(), config, metadata));
    manifest.put(ONNX_SIZE, word(config.export().size()));
    manifestFile().write(manifest);
    return true;
  }

  /**
   * Writes a model that was fitted on a backbone's features: {@code weights.safetensors} holds what
   * was fitted, {@code backbone.onnx} the backbone, and the manifest is written last.
   *
   * @param training how it was fitted, for the manifest
   */
  public void finishFitted(
      SafeTensors fitted,
      byte[] backbone,
      Provenance provenance,
      FairConfig config,
      Map<String, Object> training,
      PixelSource pixels,
      NewCalibration calibration,
      Provenance calibratedBy)
      throws IOException {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", 1);
    manifest.put("category", category);
    manifest.put("method", config.method().kind());
    manifest.put("image_size", config.image().size().plain());
    manifest.put(WEIGHTS_SHA256, write(WEIGHTS, fitted::write));
    manifest.put(BACKBONE_SHA256, write(BACKBONE, out -> out.write(backbone)));
    manifest.put(CALIBRATION_ENTRY, writeCalibration(calibration, calibratedBy));
    manifest.put(FINGERPRINT, provenance.fingerprint());
    manifest.put(PROVENANCE, provenance.values());
    manifest.put(TRAINING, training);
    manifest.put("pixels", pixels.fields());
    manifest.put("created", Instant.now().toString());
    manifest.put("versions", Versions.all());
    manifest.put("configuration", config.toMap());
    manifestFile().write(manifest);
  }

  /**
   * Returns what a finished model was fitted on a backbone's features.
   *
   * @throws FairException if there is no model, or its file is not the one that its manifest names
   */
  public SafeTensors fitted() {
    return read(WEIGHTS, id(), in -> SafeTensors.read(in, MAX_FITTED_BYTES));
  }

  /** Returns SHA-256 of the backbone that a finished model was fitted with. */
  public String backboneId() {
    return requireManifest().path(BACKBONE_SHA256).asText();
  }

  /**
   * Returns the backbone's ONNX file.
   *
   * @throws FairException if there is no model, or its file is not the one that its manifest names
   */
  public byte[] backbone() {
    return read(BACKBONE, backboneId(), InputStream::readAllBytes);
  }

  private static Map<String, Object> network(NetworkWeights state) {
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("input_channels", state.spec().inputChannels());
    network.put("width", state.spec().width());
    network.put("skips", state.spec().skips());
    network.put("parameters", state.spec().parameterCount());
    network.put("iterations", state.iteration());
    return network;
  }

  /**
   * Opens a finished model.
   *
   * @throws FairException if there is none, or its weights are not those that its manifest names
   */
  public TrainedModel open() {
    JsonNode manifest = requireManifest();
    String expected = manifest.path(WEIGHTS_SHA256).asText();
    NetworkWeights state = read(WEIGHTS, expected, in -> NetworkFile.read(in).weights());
    return new TrainedModel(category, expected, state, manifest, calibration(manifest));
  }

  /**
   * Returns the id of a finished model without reading it: the SHA-256 of its weights.
   *
   * @throws FairException if there is none
   */
  public String id() {
    return requireManifest().path(WEIGHTS_SHA256).asText();
  }

  /**
   * Returns a finished model as ONNX, for any number of images of any size; made from the weights
   * where training did not leave that file.
   *
   * @throws FairException if there is no model, the file is not the one that its manifest names, or
   *     the network is too large for the format
   */
  public byte[] onnx() {
    JsonNode manifest = requireManifest();
    if (manifest.hasNonNull(ONNX_SHA256) && onnxSize(manifest).equals(word(Size.FREE))) {
      return read(ONNX, manifest.get(ONNX_SHA256).asText(), InputStream::readAllBytes);
    }
    NetworkWeights state = open().state();
    if (!OnnxExport.fits(state.spec())) {
      throw FairException.refused(
          "the network of %s is too large for an ONNX file: %s".formatted(category, state.spec()),
          folder.toString(),
          "restore it by another engine: --set evaluation.engine=auto");
    }
    return OnnxExport.bytes(state, Map.of("category", category));
  }

  /**
   * Makes sure that a finished model is here with its weights, without reading them.
   *
   * @throws FairException if it is not: perhaps only a part of the folder was copied
   */
  public void requireWeights() {
    requireFile(MANIFEST);
    requireFile(WEIGHTS);
  }

  /**
   * Makes sure that a model fitted on a backbone's features is here with both of its files.
   *
   * @throws FairException if it is not: perhaps only a part of the folder was copied
   */
  public void requireBackbone() {
    requireWeights();
    requireFile(BACKBONE);
  }

  private void requireFile(String name) {
    Path file = new Path(folder, name);
    boolean there;
    try {
      there = root.fileSystem().exists(file);
    } catch (IOException e) {
      throw damaged(name + ": " + e.getMessage(), e);
    }
    if (!there) {
      throw FairException.refused(
          "there is no trained model of %s: %s is missing".formatted(category, name),
          file.toString(),
          "copy the category's folder with all folders in it, or run train until it ends");
    }
  }

  private JsonNode requireManifest() {
    return manifest()
        .orElseThrow(
            () ->
                FairException.refused(
                    "there is no trained model of " + category,
                    folder.toString(),
                    "run train first, or check output.root and data.categories"));
  }

  private interface Content<T> {
    T read(InputStream in) throws IOException;
  }

  /** Reads a file and checks that it is the one that the manifest names. */
  private <T> T read(String name, String expected, Content<T> content) {
    MessageDigest digest = Sha256.newDigest();
    T read;
    try (InputStream in =
        new DigestInputStream(root.fileSystem().open(new Path(folder, name)), digest)) {
      read = content.read(in);
    } catch (IOException e) {
      throw damaged(name + ": " + e.getMessage(), e);
    }
    String found = Sha256.hex(digest);
    if (!found.equals(expected)) {
      throw damaged(
          "SHA-256 of %s is %s, its manifest says %s".formatted(name, found, expected), null);
    }
    return read;
  }

  /** Returns the loss of every epoch; empty where there is no file. */
  public List<EpochSummary> loss() {
    String text = root.readText(new Path(folder, LOSS));
    return text == null ? List.of() : text.lines().skip(1).map(EpochSummary::ofCsv).toList();
  }

  /** Writes a file so that it is there whole or not at all; returns its SHA-256. */
  private String write(String name, OutputRoot.Body body) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    root.write(
        new Path(folder, name),
        out -> {
          DigestOutputStream digested = new DigestOutputStream(out, digest);
          body.write(digested);
          digested.flush();
        });
    return Sha256.hex(digest);
  }

  /** Mends what a killed run left half-written; a checkpoint that was being replaced comes back. */
  public void repair() throws IOException {
    root.repair(folder);
  }
}
