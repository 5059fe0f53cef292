package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.fairspark.config.ConfigLoader;
import org.fairspark.demo.DemoDataset;
import org.fairspark.detect.Detection;
import org.fairspark.detect.DetectionSettings;
import org.fairspark.detect.PatchMethod;
import org.fairspark.detect.PatchSample;
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.cutpaste.CutPasteMethod;
import org.fairspark.detect.patchsvdd.PatchSvddMethod;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.ImageDecoder;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Restorer;
import org.fairspark.network.TrainedGraph;
import org.fairspark.network.Trainer;
import org.fairspark.network.onnx.GraphExport;
import org.fairspark.network.onnx.OnnxTrainedGraph;
import org.fairspark.network.pytorch.PytorchLibrary;
import org.fairspark.network.pytorch.PytorchTrainer;
import org.fairspark.random.SeededRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What methods that learn from patches make of a few of the demonstration's pictures, without
 * Spark.
 */
class PatchLearningTest {
  private static final int SIZE = 64;

  @TempDir private static Path folder;
  private static Path root;

  @BeforeAll
  static void pictures() throws Exception {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
    root = DemoDataset.write(folder, 3, new DemoDataset.Size(SIZE, 8, 8, 4)).dataRoot();
  }

  /**
   * The training of a method.
   *
   * @param rate of learning, which is a fifth in the last fifth of the steps
   */
  private record Learning<S extends Serializable>(
      PatchMethod<S> method, DetectionSettings settings, int steps, int batch, double rate) {

    static <S extends Serializable> Learning<S> of(
        PatchMethod<S> method, int width, int steps, int batch, double rate) {
      List<String> words =
          List.of("method.kind=" + method.name(), "image.size=" + SIZE, "model.width=" + width);
      return new Learning<>(
          method, ConfigLoader.load(List.of(), words).detection(), steps, batch, rate);
    }

    /** Trains, expects the loss to fall, and returns the AUROC of the scores. */
    double auroc(String category, double fallsTo) throws Exception {
      List<PixelImage> images = read(category, "train/good");
      NetworkWeights trained = learn(images, fallsTo);
      List<S> kept = new ArrayList<>();
      try (TrainedGraph network = open(trained)) {
        images.forEach(image -> kept.add(method.look(settings, network, image.toFloat())));
      }
      try (TrainedGraph network = open(method.complete(trained, kept))) {
        List<Float> normal = scores(network, read(category, "test/good"));
        List<Float> defective = new ArrayList<>();
        for (String defect : defects(category)) {
          defective.addAll(scores(network, read(category, "test/" + defect)));
        }
        return share(normal, defective);
      }
    }

    private NetworkWeights learn(List<PixelImage> images, double fallsTo) {
      NetworkSpec spec = method.architecture(settings);
      NetworkSpec.SampleForm form = spec.sample(SIZE, SIZE);
      double first = 0;
      double last = 0;
      try (Trainer trainer =
          PytorchTrainer.of(NetworkWeights.initial(spec, 1), 1, OptionalInt.empty())) {
        for (int step = 0; step < steps; step++) {
          float[] inputs = new float[batch * form.inputs()];
          float[] targets = new float[batch * form.targets()];
          for (int i = 0; i < batch; i++) {
            int number = step * batch + i;
            PatchSample sample =
                method.sample(
                    settings, images.get(number % images.size()), SeededRandom.seed(7, "", number));
            System.arraycopy(sample.input(), 0, inputs, i * form.inputs(), form.inputs());
            System.arraycopy(sample.target(), 0, targets, i * form.targets(), form.targets());
          }
          boolean early = step < 4 * steps / 5;
          double loss =
              trainer.step(inputs, targets, batch, SIZE, SIZE, early ? rate : rate / 5).total();
          first += step < steps / 5 ? 5 * loss / steps : 0;
          last += early ? 0 : 5 * loss / steps;
        }
        assertThat(last).as("loss, at first %s", first).isLessThan(fallsTo * first);
        return trainer.weights().withoutMoments();
      }
    }

    private List<Float> scores(TrainedGraph network, List<PixelImage> images) {
      List<FloatImage> floats = images.stream().map(PixelImage::toFloat).toList();
      return method.detector(settings, new Only(network)).detect(floats).stream()
          .map(Detection::score)
          .toList();
    }
  }

  /** The one network of a method. */
  private record Only(TrainedGraph graph) implements TrainedNetworks {
    @Override
    public Restorer network(String name) {
      throw new AssertionError("no U-Net");
    }

    @Override
    public TrainedGraph graph(String name) {
      return graph;
    }
  }

  private static TrainedGraph open(NetworkWeights weights) {
    return OnnxTrainedGraph.open(GraphExport.bytes(weights, Map.of()), 1, OptionalInt.empty());
  }

  private static List<String> defects(String category) throws Exception {
    try (Stream<Path> folders = Files.list(root.resolve(category).resolve("test"))) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.equals("good"))
          .sorted()
          .toList();
    }
  }

  private static List<PixelImage> read(String category, String below) throws Exception {
    List<PixelImage> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve(category).resolve(below))) {
      for (Path file : files.sorted().toList()) {
        pictures.add(ImageDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT));
      }
    }
    return pictures;
  }

  /** Returns the share of pairs in which the defective one scores higher. */
  private static double share(List<Float> normal, List<Float> defective) {
    long higher =
        normal.stream().mapToLong(n -> defective.stream().filter(d -> d > n).count()).sum();
    return higher / (double) (normal.size() * defective.size());
  }

  @Test
  void patchSvdd() throws Exception {
    assertThat(Learning.of(new PatchSvddMethod(), 8, 300, 16, 2e-3).auroc("flange", 0.9))
        .isGreaterThan(0.75);
  }

  @Test
  void cutPaste() throws Exception {
    assertThat(Learning.of(new CutPasteMethod(), 8, 250, 16, 1.5e-3).auroc("weave", 0.95))
        .isGreaterThan(0.75);
  }
}
