package org.fairspark.training;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.fairspark.network.Loss;
import org.fairspark.network.NetworkSpec;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.Trainer;
import org.fairspark.random.SeededRandom;

/** One worker's part of a round: the same steps wherever it runs. */
public final class Worker {
  private Worker() {}

  /**
   * Trains on one block.
   *
   * @param trainer one of the same architecture as {@code start}; its weights are overwritten
   * @param start the weights that all workers of the round start from
   * @param block the block's samples, in the order of the sorted image ids
   * @param blockNumber the block's number in the plan
   * @param epoch from 0
   * @throws DivergedException if a loss or, after the last step, a parameter is not finite, or a
   *     loss explodes
   */
  public static WorkerResult train(
      Trainer trainer,
      NetworkWeights start,
      List<TrainingSample> block,
      int blockNumber,
      TrainingPlan plan,
      int epoch) {
    trainer.load(start);
    double learningRate = plan.learningRate().at(epoch, plan.epochs());
    int[] order = plan.order(blockNumber, epoch, block.size());
    NetworkSpec.SampleForm form = start.spec().sample(plan.height(), plan.width());
    double l2Sum = 0;
    double ssimSum = 0;
    long processorBefore = processorNanos();
    long before = System.nanoTime();
    for (int from = 0, batch = 0; from < order.length; from += plan.batchSize(), batch++) {
      int n = Math.min(plan.batchSize(), order.length - from);
      float[] input = new float[Math.multiplyExact(n, form.inputs())];
      float[] target = new float[Math.multiplyExact(n, form.targets())];
      for (int i = 0; i < n; i++) {
        TrainingSample sample = block.get(order[from + i]);
        sample.copyInput(input, i);
        sample.copyTarget(target, i, form.channels());
        start.spec().draw(() -> draws(sample, plan, epoch), input, target, i);
      }
      Loss loss = trainer.step(input, target, n, plan.height(), plan.width(), learningRate);
      if (!(loss.total() < start.spec().explodedLoss())) {
        throw new DivergedException(plan.category(), epoch, blockNumber, batch, loss.total());
      }
      l2Sum += loss.l2() * n;
      ssimSum += loss.ssim() * n;
    }
    long nanos = System.nanoTime() - before;
    long processorAfter = processorNanos();
    NetworkWeights end = trainer.weights();
    if (!isFinite(end.parameters())) {
      // The loss would show it only in the next epoch, after a checkpoint of this one was written.
      int last = (order.length - 1) / plan.batchSize();
      throw new DivergedException(plan.category(), epoch, blockNumber, last, Double.NaN);
    }
    return new WorkerResult(
        end,
        block.size(),
        l2Sum,
        ssimSum,
        nanos,
        processorAfter < 0 ? -1 : processorAfter - processorBefore);
  }

  /** Returns the numbers that a sample draws from in an epoch. */
  private static SeededRandom draws(TrainingSample sample, TrainingPlan plan, int epoch) {
    return SeededRandom.of(plan.seed(), "draw/" + sample.imageId() + "/" + sample.variant(), epoch);
  }

  /** Returns the processor time of all threads of this process; -1 where it is not told. */
  private static long processorNanos() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean process
        ? process.getProcessCpuTime()
        : -1;
  }

  private static boolean isFinite(float[] values) {
    // A value that is not finite makes the sum so; multiplied by zero, finite ones cannot overflow
    // it.
    float sum = 0;
    for (float value : values) {
      sum += value * 0;
    }
    return sum == 0;
  }
}
