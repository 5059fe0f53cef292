package org.fairspark.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fairspark.network.backend.NativeBackend;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TorchAdamTest {
  /** Computes PyTorch's formula in double precision. */
  private static double step(double[] moments, double gradient, int t, double rate) {
    moments[0] = 0.9 * moments[0] + 0.1 * gradient;
    moments[1] = 0.999 * moments[1] + 0.001 * gradient * gradient;
    double mean = moments[0] / (1 - Math.pow(0.9, t));
    double root = Math.sqrt(moments[1] / (1 - Math.pow(0.999, t)));
    return rate * mean / (root + 1e-8);
  }

  @Test
  void followsPyTorch() {
    NativeBackend.initialize();
    INDArray state = Nd4j.create(8);
    TorchAdam.Moments adam = (TorchAdam.Moments) new TorchAdam(1e-3).instantiate(state, true);
    double[][] moments = new double[4][2];
    for (int t = 1; t <= 5; t++) {
      // The third is as small as epsilon, where the place of epsilon matters.
      float[] gradient = {0.5f, -2f / t, 1e-8f, 0};
      INDArray update = Nd4j.createFromArray(gradient.clone());
      adam.applyUpdater(update, t - 1, 0);
      for (int i = 0; i < 4; i++) {
        double expected = step(moments[i], gradient[i], t, 1e-3);
        assertThat(update.getDouble(i))
            .as("update %d of step %d", i, t)
            .isCloseTo(expected, within(2e-4 * Math.abs(expected) + 1e-12));
      }
    }
  }
}
