package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.fairspark.config.FairConfig;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.failure.FairException;
import org.fairspark.modelfile.NetworkFile;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.onnx.OnnxExport;
import org.fairspark.scoring.Scorer;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.Versions;
import org.fairspark.text.Json;

/**
 * {@code models/CATEGORY/}: {@code weights.safetensors}, the same network as {@code model.onnx},
 * {@code loss.csv} and, written last, {@code manifest.json}. While training goes on, {@code
 * checkpoint.safetensors}: the newest, whole at any moment.
 *
 * <p>A model that was fitted on a backbone's features has {@code weights.safetensors}, {@code
 * backbone.onnx} and {@code manifest.json}; a network that was trained on them has the backbone
 * beside its own files. A further network of a method may lie in a folder within, as a model of its
 * own.
 */
public final class ModelStore {
  /** The folder of the models that score images. */
  public static final String MODELS = "models";

  private static final String WEIGHTS = "weights.safetensors";
  private static final String BACKBONE = "backbone.onnx";

  static final String CONFIGURATION = "configuration";

  /** The setting of {@code evaluation.*} that names a method. */
  private static final String METHOD = "function";

  /** The sections of the configuration that calibrating again replaces. */
  private static final List<String> CALIBRATED_BY =
      List.of("inspection", "calibration", "evaluation");

  private static final String FINGERPRINT = "fingerprint";
  private static final String PROVENANCE = "provenance";
  private static final String TRAINING = "training";
  private static final String NETWORK = "network";
  private static final String ARCHITECTURE = "architecture";
  private static final String WEIGHTS_SHA256 = "weights_sha256";
  private static final String BACKBONE_SHA256 = "backbone_sha256";

  /** An array of floats is no larger. */
  private static final long MAX_FITTED_BYTES = 8L << 30;

  private final OutputRoot root;
  private final String category;
  private final ModelFolder folder;
  private final CheckpointFile checkpoint;
  private final LossFile loss;
  private final CalibrationFile calibration;
  private final OnnxFile onnx;

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
    this.folder =
        new ModelFolder(root, category, part.map(name -> new Path(whole, name)).orElse(whole));
    this.checkpoint = new CheckpointFile(folder);
    this.loss = new LossFile(folder);
    this.calibration = new CalibrationFile(folder);
    this.onnx = new OnnxFile(folder);
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
    Optional<JsonNode> manifest = folder.manifest();
    if (manifest.isEmpty()) {
      return false;
    }
    if (manifest.get().path(FINGERPRINT).asText().equals(provenance.fingerprint())) {
      return true;
    }
    Provenance there = Provenance.of(ModelFolder.texts(manifest.get().path(PROVENANCE)));
    // Both settings of the thresholds decide what is left to train on.
    String held =
        there.differing(provenance).contains(Provenance.HELD_OUT)
            ? "calibration.share and calibration.false-positive-rate decide how many images are"
                + " held out from training: set them as they were; or "
            : "";
    throw FairException.refused(
        "output.root holds a model of %s from other settings or data: %s"
            .formatted(category, String.join("; ", there.differences(provenance))),
        folder.path().toString(),
        held + "give another output.root; or go back to those settings; or remove that folder");
  }

  /** Returns whether there is a finished model, of whatever settings. */
  public boolean isThere() {
    return folder.manifest().isPresent();
  }

  /**
   * Tells whether the finished model's calibration is there, whole, and was made from just this.
   */
  public boolean isCalibrated(Provenance provenance) {
    return folder.manifest().filter(m -> calibration.isCurrent(m, provenance)).isPresent();
  }

  /**
   * Gives a finished model another calibration.
   *
   * @param config that it was calibrated with: new images are to be inspected by these settings
   */
  public void recalibrate(NewCalibration made, Provenance provenance, FairConfig config)
      throws IOException {
    ObjectNode manifest = (ObjectNode) folder.requireManifest();
    manifest.set(CalibrationFile.ENTRY, Json.tree(calibration.write(made, provenance)));
    if (manifest.get(CONFIGURATION) instanceof ObjectNode configuration) {
      JsonNode method = configuration.path("evaluation").path(METHOD);
      JsonNode now = Json.tree(config.toMap());
      CALIBRATED_BY.forEach(section -> configuration.set(section, now.get(section)));
      if (configuration.get("evaluation") instanceof ObjectNode evaluation) {
        // A method may build on the one that the model is of.
        evaluation.set(METHOD, method);
      }
    }
    folder.writeManifest(manifest);
  }

  /**
   * Looks at a finished model without reading its weights.
   *
   * @throws FairException if there is none, or its calibration is not the one its manifest names
   */
  public ModelMetadata metadata() {
    JsonNode manifest = folder.requireManifest();
    return new ModelMetadata(
        category, manifest.path(WEIGHTS_SHA256).asText(), manifest, calibration.read(manifest));
  }

  /**
   * Returns the scores that a finished model was calibrated with.
   *
   * @throws FairException if there is no model, or a file is not the one that its manifest names
   */
  public Scorer scorer() {
    return calibration.scorer(metadata().calibration().score());
  }

  /** Returns the weights of a finished U-Net. */
  public NetworkWeights state() {
    return weights(id());
  }

  private NetworkWeights weights(String sha256) {
    return folder.read(WEIGHTS, sha256, in -> NetworkFile.read(in).weights());
  }

  /**
   * Returns the newest checkpoint, if there is one and it belongs to just this.
   *
   * @param spec of the network
   */
  public Optional<Checkpoint> newestCheckpoint(Provenance provenance, NetworkSpec spec)
      throws IOException {
    return checkpoint.newest(provenance, spec);
  }

  /** Returns the checkpoint's path, for messages. */
  public String describeCheckpoint() {
    return checkpoint.path().toString();
  }

  public void writeCheckpoint(Checkpoint newest, Provenance provenance) throws IOException {
    checkpoint.write(newest, provenance);
    loss.write(newest.history());
  }

  /**
   * Writes the model, its manifest last, and removes the checkpoint.
   *
   * @param backbone that the network was trained on the features of; empty if there is none
   */
  public void finish(
      Checkpoint last,
      Optional<byte[]> backbone,
      Provenance provenance,
      FairConfig config,
      TrainingRecord training,
      PixelSource pixels,
      NewCalibration made,
      Provenance calibratedBy)
      throws IOException {
    NetworkWeights state = last.state();
    loss.write(last.history());
    String sha256 =
        folder.write(
            WEIGHTS, out -> NetworkFile.writeWeights(state, Map.of("category", category), out));
    Map<String, Object> manifest = beginning();
    manifest.put(NETWORK, network(state));
    manifest.put("image_size", config.image().size().plain());
    manifest.put("extractor", config.extractor().describe());
    manifest.put(WEIGHTS_SHA256, sha256);
    manifest.put(CalibrationFile.ENTRY, calibration.write(made, calibratedBy));
    if (onnx.fits(state.spec())) {
      Map<String, String> metadata =
          OnnxMetadata.of(
              category,
              state.spec(),
              sha256,
              config,
              training.fields(),
              provenance.values(),
              made.calibration().engine());
      manifest.putAll(onnx.write(state, config, metadata));
    }
    if (backbone.isPresent()) {
      manifest.put(BACKBONE_SHA256, folder.write(BACKBONE, out -> out.write(backbone.get())));
    }
    end(manifest, provenance, config, training.fields(), pixels);
    checkpoint.remove();
  }

  /**
   * Writes the ONNX file of a finished model if it is not there, or not of the size that is
   * configured.
   *
   * @return whether it was written
   */
  public boolean exportAgain(FairConfig config) throws IOException {
    ObjectNode manifest = (ObjectNode) folder.requireManifest();
    if (OnnxFile.isOfSize(manifest, config.export().size()) || isGraph(manifest)) {
      return false;
    }
    TrainedModel model = open();
    if (!onnx.fits(model.state().spec())) {
      return false;
    }
    Map<String, String> metadata =
        OnnxMetadata.of(
            category,
            model.state().spec(),
            model.id(),
            config,
            ModelFolder.texts(manifest.path(TRAINING)),
            ModelFolder.texts(manifest.path(PROVENANCE)),
            model.calibration().engine());
    onnx.write(model.state(), config, metadata).forEach(manifest::put);
    folder.writeManifest(manifest);
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
      NewCalibration made,
      Provenance calibratedBy)
      throws IOException {
    Map<String, Object> manifest = beginning();
    manifest.put("method", config.method().kind());
    manifest.put("image_size", config.image().size().plain());
    manifest.put(WEIGHTS_SHA256, folder.write(WEIGHTS, fitted::write));
    manifest.put(BACKBONE_SHA256, folder.write(BACKBONE, out -> out.write(backbone)));
    manifest.put(CalibrationFile.ENTRY, calibration.write(made, calibratedBy));
    end(manifest, provenance, config, training, pixels);
  }

  private Map<String, Object> beginning() {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", 1);
    manifest.put("category", category);
    return manifest;
  }

  /** Writes the manifest: from now on the model is there. */
  private void end(
      Map<String, Object> manifest,
      Provenance provenance,
      FairConfig config,
      Map<String, Object> training,
      PixelSource pixels)
      throws IOException {
    manifest.put(FINGERPRINT, provenance.fingerprint());
    manifest.put(PROVENANCE, provenance.values());
    manifest.put(TRAINING, training);
    manifest.put("pixels", pixels.fields());
    manifest.put("created", Instant.now().toString());
    manifest.put("versions", Versions.all());
    manifest.put(CONFIGURATION, config.toMap());
    folder.writeManifest(manifest);
  }

  /**
   * Returns what a finished model was fitted on a backbone's features.
   *
   * @throws FairException if there is no model, or its file is not the one that its manifest names
   */
  public SafeTensors fitted() {
    return folder.read(WEIGHTS, id(), in -> SafeTensors.read(in, MAX_FITTED_BYTES));
  }

  /** Returns SHA-256 of the backbone that a finished model was fitted with. */
  public String backboneId() {
    return folder.requireManifest().path(BACKBONE_SHA256).asText();
  }

  /**
   * Returns the backbone's ONNX file.
   *
   * @throws FairException if there is no model, or its file is not the one that its manifest names
   */
  public byte[] backbone() {
    return folder.read(BACKBONE, backboneId(), InputStream::readAllBytes);
  }

  /** Tells whether a finished model is of a network that is no U-Net. */
  private static boolean isGraph(JsonNode manifest) {
    return manifest.path(NETWORK).has(ARCHITECTURE);
  }

  private static Map<String, Object> network(NetworkWeights state) {
    Map<String, Object> network = new LinkedHashMap<>();
    if (state.spec() instanceof UnetSpec unet) {
      network.put("input_channels", unet.inputChannels());
      network.put("width", unet.width());
      network.put("skips", unet.skips());
    } else {
      network.put(ARCHITECTURE, state.spec().toString());
    }
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
    JsonNode manifest = folder.requireManifest();
    String id = manifest.path(WEIGHTS_SHA256).asText();
    return new TrainedModel(category, id, weights(id), manifest, calibration.read(manifest));
  }

  /**
   * Returns the id of a finished model without reading it: the SHA-256 of its weights.
   *
   * @throws FairException if there is none
   */
  public String id() {
    return folder.requireManifest().path(WEIGHTS_SHA256).asText();
  }

  /**
   * Returns a finished model as ONNX, of a U-Net for any number of images of any size; made from
   * the weights where training did not leave that file.
   *
   * @throws FairException if there is no model, the file is not the one that its manifest names, or
   *     the network is too large for the format
   */
  public byte[] onnx() {
    JsonNode manifest = folder.requireManifest();
    return isGraph(manifest)
        ? onnx.read(manifest)
        : onnx.readFree(manifest).orElseGet(this::onnxOfWeights);
  }

  private byte[] onnxOfWeights() {
    NetworkWeights state = state();
    if (!onnx.fits(state.spec())) {
      throw FairException.refused(
          "the network of %s is too large for an ONNX file: %s".formatted(category, state.spec()),
          folder.path().toString(),
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
    folder.require(WEIGHTS);
  }

  /**
   * Makes sure that a model fitted on a backbone's features is here with both of its files.
   *
   * @throws FairException if it is not: perhaps only a part of the folder was copied
   */
  public void requireBackbone() {
    folder.require(WEIGHTS, BACKBONE);
  }

  /** Returns the loss of every epoch; empty where there is no file. */
  public List<EpochSummary> loss() {
    return loss.read();
  }

  /** Mends what a killed run left half-written; a checkpoint that was being replaced comes back. */
  public void repair() throws IOException {
    root.repair(folder.path());
  }
}
