package org.fairspark.job.train;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.inference.EnginePool;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.fairspark.store.model.Checkpoint;
import org.fairspark.store.model.ModelStore;
import org.fairspark.training.DivergedException;
import org.fairspark.training.TrainingPlan;
import org.fairspark.training.Worker;

/**
 * A whole training as one Spark task: the plan's loop with its single worker, from the newest
 * checkpoint on. Keeps a checkpoint of every epoch in the model's folder itself, so that neither a
 * lost executor nor a lost driver costs more than an epoch.
 *
 * @param parent URI of the folder above that of the models
 * @param kind folder of the models
 * @param part folder in that of the model; empty for that one itself
 * @param weightsSeed of a network that has learnt nothing
 * @param worker its engine and native threads
 * @param seen counts samples
 */
record OneTaskTraining(
    SerializableConfiguration hadoop,
    String parent,
    String kind,
    String part,
    Provenance provenance,
    NetworkSpec shape,
    long weightsSeed,
    TrainingPlan plan,
    Workers worker,
    LongAccumulator seen)
    implements FlatMapFunction<Iterator<TrainingBlock>, OneTaskTraining.Answer> {

  /**
   * The end of a training; the model is in its checkpoint.
   *
   * @param diverged null unless it diverged: as an answer, because Spark would retry an exception,
   *     and it would diverge again
   */
  record Answer(DivergedException diverged) implements Serializable {}

  OneTaskTraining {
    if (plan.workers() != 1) {
      throw new IllegalArgumentException("one task is one worker, not " + plan.workers());
    }
  }

  @Override
  public Iterator<Answer> call(Iterator<TrainingBlock> blocks) throws IOException {
    OutputRoot root = OutputRoot.of(hadoop.value(), parent);
    ModelStore folder =
        new ModelStore(
            root, kind, plan.category(), Optional.of(part).filter(name -> !name.isEmpty()));
    folder.repair();
    Checkpoint start =
        folder
            .newestCheckpoint(provenance, shape)
            .orElseGet(() -> Checkpoint.before(NetworkWeights.initial(shape, weightsSeed)));
    EpochRecorder recorder =
        new EpochRecorder(folder, provenance, start, this::afterRound, epoch -> {});
    try (BlockSpool spool = BlockSpool.of(blocks, spoolFile())) {
      EnginePool.train(
          worker.engine(),
          shape,
          worker.threads(),
          trainer ->
              EpochLoop.train(
                  plan,
                  start.state(),
                  start.epochs(),
                  (state, round, epoch) ->
                      Averaging.Round.of(
                          Worker.train(
                              trainer, state, spool.read(round[0]), round[0], plan, epoch)),
                  recorder));
      return List.of(new Answer(null)).iterator();
    } catch (DivergedException e) {
      return List.of(new Answer(e)).iterator();
    }
  }

  private void afterRound(List<WorkerReport> reports) {
    seen.add(WorkerReport.samples(reports));
    // Native code does not notice Spark's request to end a task in any other way.
    TaskContext.get().killTaskIfInterrupted();
  }

  /** Returns a new file in the folder where Spark spills to. */
  private static File spoolFile() {
    return SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock()._2();
  }

  /** Returns the folder above a root's models. */
  static String parent(OutputRoot root, String kind) {
    Path models = root.path(kind);
    if (!models.getName().equals(kind)) {
      throw new IllegalArgumentException(
          "%s lie in a folder of that name, not in %s".formatted(kind, models));
    }
    return models.getParent().toString();
  }
}
