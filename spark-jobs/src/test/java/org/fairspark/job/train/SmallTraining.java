package org.fairspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.network.dl4j.Dl4jTrainer;
import org.fairspark.random.SeededRandom;
import org.fairspark.training.LearningRate;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.TrainingSample;

/** A training of noise, and what it must come to: the plan's loop in one thread. */
final class SmallTraining {
  private static final int SIZE = 16;
  static final int IMAGES = 7;
  private static final int VARIANTS = 2;
  static final UnetSpec SHAPE = new UnetSpec(1, 2, true);

  static TrainingPlan plan(int workers, int epochs, double learningRate) {
    return new TrainingPlan(
        5,
        "bottle",
        IMAGES,
        VARIANTS,
        SIZE,
        SIZE,
        2,
        2,
        workers,
        epochs,
        LearningRate.paper(learningRate));
  }

  static List<TrainingSample> samples() {
    List<TrainingSample> samples = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      for (int variant = 0; variant < VARIANTS; variant++) {
        SeededRandom random = SeededRandom.of(9, "image " + image, variant);
        byte[] input = new byte[SIZE * SIZE * Float.BYTES];
        var floats =
            java.nio.ByteBuffer.wrap(input).order(java.nio.ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        byte[] target = new byte[SIZE * SIZE * 3];
        for (int p = 0; p < SIZE * SIZE; p++) {
          floats.put((float) random.nextDouble(-0.5, 0.5));
        }
        for (int p = 0; p < target.length; p++) {
          target[p] = (byte) random.nextInt(256);
        }
        samples.add(new TrainingSample("image " + image, variant, input, target));
      }
    }
    return samples;
  }

  static List<String> ids() {
    return samples().stream().map(TrainingSample::imageId).distinct().sorted().toList();
  }

  /** Trains by the plan's loop in this thread, with the model module alone. */
  static NetworkWeights serial(TrainingPlan plan, NetworkWeights start) {
    try (Dl4jTrainer trainer = Dl4jTrainer.of(start, 1)) {
      return SerialTraining.train(trainer, start, samples(), plan);
    }
  }

  static void assertSame(NetworkWeights actual, NetworkWeights expected) {
    assertThat(actual.parameters())
        .as("parameters and statistics")
        .isEqualTo(expected.parameters());
    assertThat(actual.firstMoment()).as("first moment").isEqualTo(expected.firstMoment());
    assertThat(actual.secondMoment()).as("second moment").isEqualTo(expected.secondMoment());
    assertThat(actual.iteration()).as("iterations").isEqualTo(expected.iteration());
  }

  private SmallTraining() {}
}
