package org.fairspark.network.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Adam as PyTorch computes it (betas 0.9 and 0.999, epsilon 1e-8): the epsilon is added to the
 * bias-corrected root, where DL4J adds it to the raw one, which in the first steps is thirty times
 * as much.
 */
public final class TorchAdam implements IUpdater {
  private static final long serialVersionUID = 1L;
  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-8;

  private double learningRate;

  /** Makes an empty instance for deserialization. */
  TorchAdam() {}

  TorchAdam(double learningRate) {
    this.learningRate = learningRate;
  }

  @Override
  public long stateSize(long parameters) {
    return 2 * parameters;
  }

  @Override
  public GradientUpdater<TorchAdam> instantiate(INDArray state, boolean initialize) {
    if (initialize) {
      state.assign(0);
    }
    return new Moments(this, state);
  }

  @Override
  public GradientUpdater<TorchAdam> instantiate(Map<String, INDArray> state, boolean initialize) {
    throw new UnsupportedOperationException("the state is one array");
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public TorchAdam clone() {
    return new TorchAdam(learningRate);
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRate;
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    if (schedule != null) {
      throw new UnsupportedOperationException("the rate is set by the caller, step by step");
    }
    this.learningRate = rate;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TorchAdam adam && adam.learningRate == learningRate;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(learningRate);
  }

  /**
   * The moments of one contiguous run of parameters: first all first ones, then all second ones.
   */
  static final class Moments implements GradientUpdater<TorchAdam> {
    private final TorchAdam config;
    private final INDArray first;
    private final INDArray second;

    Moments(TorchAdam config, INDArray state) {
      this.config = config;
      INDArray flat = state.reshape(state.length());
      long half = flat.length() / 2;
      this.first = flat.get(NDArrayIndex.interval(0, half));
      this.second = flat.get(NDArrayIndex.interval(half, 2 * half));
    }

    INDArray first() {
      return first;
    }

    INDArray second() {
      return second;
    }

    @Override
    public TorchAdam getConfig() {
      return config;
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialize) {
      throw new UnsupportedOperationException("the state is one array");
    }

    @Override
    public Map<String, INDArray> getState() {
      return Map.of("M", first, "V", second);
    }

    @Override
    public void setStateViewArray(INDArray state, long[] shape, char order, boolean initialize) {
      throw new UnsupportedOperationException("the state is given at construction");
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      double epsilon = EPSILON * Math.sqrt(1 - Math.pow(BETA2, iteration + 1.0));
      Nd4j.exec(
          new AdamUpdater(
              gradient, second, first, config.learningRate, BETA1, BETA2, epsilon, iteration));
    }
  }
}
