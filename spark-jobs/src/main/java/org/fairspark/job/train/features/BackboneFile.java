package org.fairspark.job.train.features;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.FairException;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchFeatures;
import org.fairspark.image.FloatImage;
import org.fairspark.image.ImageSize;
import org.fairspark.inference.BackboneSource;
import org.fairspark.job.train.CalibrationStage;
import org.fairspark.job.train.TrainingRun;
import org.fairspark.network.onnx.OnnxBackbone;
import org.fairspark.runtime.JobContext;
import org.fairspark.store.Provenance;
import org.fairspark.text.Sha256;

/** The ONNX file that {@code method.backbone} names, read. */
public final class BackboneFile {
  private final String path;
  private final byte[] bytes;
  private final String id;

  private BackboneFile(String path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
    this.id = Sha256.hex(bytes);
  }

  /**
   * Reads the file.
   *
   * @throws FairException if it cannot be read
   * @throws org.fairspark.config.ConfigException if no file, or no output of it, is named
   */
  public static BackboneFile read(JobContext context) {
    context.config().requireOfMethod();
    String file = context.config().method().backbone().orElseThrow();
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem(context.hadoop()).open(path)) {
      return new BackboneFile(file, in.readAllBytes());
    } catch (IOException e) {
      throw FairException.refused(
          "method.backbone cannot be read: " + e.getMessage(),
          file,
          "give the ONNX file of a pretrained network",
          e);
    }
  }

  /** Returns the file's content; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Makes sure that the file is a network which takes the run's images and has the outputs that are
   * asked for.
   *
   * @param more refuses what else does not fit, by an {@link IllegalArgumentException}
   * @throws FairException if it does not fit
   */
  public void check(FairConfig config, Consumer<OnnxBackbone> more) {
    ImageSize size = config.image().size();
    try (OnnxBackbone network =
        OnnxBackbone.open(bytes, config.method().layers(), 1, OptionalInt.empty())) {
      network.requireSize(size.height(), size.width());
      more.accept(network);
    } catch (IllegalArgumentException e) {
      throw FairException.refused(
          "method.backbone does not fit: " + e.getMessage(),
          path,
          "give an ONNX file that takes images of image.size, and outputs of it as method.layers",
          e);
    }
  }

  /** Opens the file for the outputs that are asked for, and looks at it. */
  public <T> T with(FairConfig config, Function<OnnxBackbone, T> look) {
    try (OnnxBackbone network =
        OnnxBackbone.open(bytes, config.method().layers(), 1, OptionalInt.empty())) {
      return look.apply(network);
    }
  }

  /** Returns the features of a black image: of as many patches and numbers as any other's. */
  PatchFeatures features(FairConfig config, PatchExtractor extractor) {
    return with(config, network -> extractor.extract(network, black(config)));
  }

  /** Returns the shape of each layer, {@code [channels][height][width]}, of the run's images. */
  static List<List<Integer>> shapes(FairConfig config, OnnxBackbone opened) {
    return opened.features(black(config)).stream()
        .map(layer -> List.of(layer.channels(), layer.height(), layer.width()))
        .toList();
  }

  /** Returns a black image of the run's size. */
  public static FloatImage black(FairConfig config) {
    ImageSize size = config.image().size();
    return new FloatImage(
        3, size.height(), size.width(), new float[Math.toIntExact(3 * size.pixels())]);
  }

  /** Broadcasts it, for the outputs that are asked for. */
  public BackboneSource broadcast(JavaSparkContext spark, FairConfig config) {
    return BackboneSource.broadcast(spark, id, bytes, config.method().layers());
  }

  /** Returns all that decides a model. The file is known by its content, not by its path. */
  public Provenance decides(TrainingRun run, String category) {
    Map<String, String> values = new TreeMap<>(run.context().config().effective("seed", "method"));
    values.remove("method.backbone");
    return Provenance.of(values)
        .with("backbone", id)
        .with("images", run.images().manifest().fingerprint())
        .with("category", category);
  }

  /**
   * Returns all that decides the thresholds of a model.
   *
   * @param model all that decides the model
   * @throws FairException if the file of regions cannot be read or used
   */
  public static Provenance decideThresholds(TrainingRun run, String category, Provenance model) {
    FairConfig config = run.context().config();
    return CalibrationStage.inspected(
        Provenance.of(config.effective("calibration", "evaluation.score", "evaluation.pixel-score"))
            .with("model", model.fingerprint()),
        JavaSparkContext.fromSparkContext(run.context().spark().sparkContext()),
        config,
        category);
  }
}
