package org.fairspark.job.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.network.pytorch.PytorchTrainer;
import org.fairspark.random.SeededRandom;
import org.fairspark.training.ParameterAverage;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.TrainingSample;
import org.fairspark.training.Worker;
import org.fairspark.training.WorkerResult;

/** A plan's loop in one thread, with the model module alone: what workers together must come to. */
public final class SerialTraining {
  private SerialTraining() {}

  /** Returns a new network's weights after all of the plan's epochs by PyTorch, on one thread. */
  public static NetworkWeights byPytorch(
      NetworkSpec network, List<TrainingSample> samples, TrainingPlan plan) {
    NetworkWeights start =
        NetworkWeights.initial(
            network, SeededRandom.seed(plan.seed(), "weights/" + plan.category(), 0));
    try (Trainer trainer = PytorchTrainer.of(start, 1, OptionalInt.empty())) {
      return train(trainer, start, samples, plan);
    }
  }

  /** Returns the weights after all of the plan's epochs; the samples may have any order. */
  public static NetworkWeights train(
      Trainer trainer, NetworkWeights start, List<TrainingSample> samples, TrainingPlan plan) {
    List<String> ids = samples.stream().map(TrainingSample::imageId).distinct().sorted().toList();
    Map<Integer, List<TrainingSample>> blocks = new TreeMap<>();
    for (TrainingSample sample : samples) {
      int block = plan.deal(sample.variant())[ids.indexOf(sample.imageId())];
      blocks.computeIfAbsent(block, b -> new ArrayList<>()).add(sample);
    }
    blocks.values().forEach(b -> b.sort(Comparator.comparing(TrainingSample::imageId)));
    NetworkWeights state = start;
    for (int epoch = 0; epoch < plan.epochs(); epoch++) {
      for (int[] round : plan.rounds(epoch)) {
        List<WorkerResult> results = new ArrayList<>();
        for (int block : round) {
          results.add(Worker.train(trainer, state, blocks.get(block), block, plan, epoch));
        }
        state = ParameterAverage.of(results);
      }
    }
    return state;
  }
}
