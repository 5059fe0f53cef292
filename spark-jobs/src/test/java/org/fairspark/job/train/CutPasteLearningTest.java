package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.fairspark.detect.TrainedNetworks;
import org.fairspark.detect.cutpaste.CutPasteMethod;
import org.fairspark.detect.cutpaste.CutPasteNetwork;
import org.fairspark.detect.cutpaste.CutPasteSamples;
import org.fairspark.detect.padim.GaussianSums;
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

/** What CutPaste learns from a few of the demonstration's pictures, without Spark. */
class CutPasteLearningTest {
  private static final int SIZE = 64;
  private static final int STEPS = 250;
  private static final int BATCH = 16;
  private static final double LEARNING_RATE = 1.5e-3;

  @TempDir private static Path folder;
  private static double before;
  private static double after;
  private static double[] normal;
  private static double[] defective;

  @BeforeAll
  static void train() throws Exception {
    PytorchLibrary.obstacle(false)
        .ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle.line()));
    Path weave =
        DemoDataset.write(folder, 3, new DemoDataset.Size(SIZE, 8, 8, 4))
            .dataRoot()
            .resolve("weave");
    List<PixelImage> images = pictures(weave.resolve("train"));
    DetectionSettings settings =
        ConfigLoader.load(
                List.of(), List.of("method.kind=cutpaste", "image.size=64", "model.width=8"))
            .detection();
    NetworkWeights trained = learn(CutPasteMethod.network(settings).spec(), settings, images);
    GaussianSums sums = null;
    try (TrainedGraph network = open(trained)) {
      for (PixelImage image : images) {
        GaussianSums own =
            CutPasteNetwork.sums(network, CutPasteMethod.grid(settings), image.toFloat());
        sums = sums == null ? own : sums.add(own);
      }
    }
    try (TrainedGraph network = open(CutPasteNetwork.withDensity(trained, sums))) {
      normal = scores(settings, network, pictures(weave.resolve("test/good")));
      List<PixelImage> defects = new ArrayList<>();
      for (String kind : List.of("hole", "foreign_thread", "missing_yarn", "stain")) {
        defects.addAll(pictures(weave.resolve("test").resolve(kind)));
      }
      defective = scores(settings, network, defects);
    }
  }

  private static NetworkWeights learn(
      NetworkSpec spec, DetectionSettings settings, List<PixelImage> images) {
    CutPasteSamples maker = CutPasteSamples.of(settings.frame().size());
    NetworkSpec.SampleForm form = spec.sample(SIZE, SIZE);
    try (Trainer trainer =
        PytorchTrainer.of(NetworkWeights.initial(spec, 1), 1, OptionalInt.empty())) {
      for (int step = 0; step < STEPS; step++) {
        float[] inputs = new float[BATCH * form.inputs()];
        float[] targets = new float[BATCH * form.targets()];
        for (int i = 0; i < BATCH; i++) {
          int number = step * BATCH + i;
          CutPasteSamples.Sample sample =
              maker.make(images.get(number % images.size()), SeededRandom.seed(7, "", number));
          System.arraycopy(sample.patch().values(), 0, inputs, i * form.inputs(), form.inputs());
          System.arraycopy(sample.wanted(), 0, targets, i * form.targets(), form.targets());
        }
        double rate = step < 4 * STEPS / 5 ? LEARNING_RATE : LEARNING_RATE / 5;
        double loss = trainer.step(inputs, targets, BATCH, SIZE, SIZE, rate).total();
        before += step < STEPS / 5 ? 5 * loss / STEPS : 0;
        after += step >= 4 * STEPS / 5 ? 5 * loss / STEPS : 0;
      }
      return trainer.weights().withoutMoments();
    }
  }

  private static TrainedGraph open(NetworkWeights weights) {
    return OnnxTrainedGraph.open(GraphExport.bytes(weights, Map.of()), 1, OptionalInt.empty());
  }

  private static List<PixelImage> pictures(Path below) throws Exception {
    List<PixelImage> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.walk(below)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".png")).sorted().toList()) {
        pictures.add(ImageDecoder.decode(Files.readAllBytes(file), DecodeLimits.DEFAULT));
      }
    }
    return pictures;
  }

  private static double[] scores(
      DetectionSettings settings, TrainedGraph network, List<PixelImage> images) {
    TrainedNetworks networks =
        new TrainedNetworks() {
          @Override
          public Restorer network(String name) {
            throw new AssertionError("no U-Net");
          }

          @Override
          public TrainedGraph graph(String name) {
            return network;
          }
        };
    return new CutPasteMethod()
            .detector(settings, networks)
            .detect(images.stream().map(PixelImage::toFloat).toList())
            .stream()
            .mapToDouble(Detection::score)
            .toArray();
  }

  @Test
  void itsLossFalls() {
    assertThat(after).as("the mean loss of the last steps").isLessThan(0.95 * before);
  }

  @Test
  void mostDefectsScoreHigherThanMostNormalPictures() {
    int higher = 0;
    for (double good : normal) {
      for (double bad : defective) {
        higher += bad > good ? 1 : 0;
      }
    }
    assertThat(higher / (double) (normal.length * defective.length))
        .as("AUROC of %s against %s", defective, normal)
        .isGreaterThan(0.75);
  }
}
