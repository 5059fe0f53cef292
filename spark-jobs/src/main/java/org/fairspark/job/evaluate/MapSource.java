package org.fairspark.job.evaluate;

import java.io.Serializable;
import java.util.function.Function;
import org.fairspark.anomaly.AnomalyFunction;
import org.fairspark.anomaly.MapFunction;
import org.fairspark.detect.discriminative.DiscriminativeFunction;
import org.fairspark.inference.ModelSource;

/**
 * Where a task gets its anomaly function from.
 *
 * @param function the difference of image and restoration, and how maps are smoothed
 * @param discriminator the second network, where it makes the map instead; else null
 */
record MapSource(AnomalyFunction function, ModelSource discriminator) implements Serializable {

  /** Runs with the function, on so many native threads. */
  <T> T with(int threads, Function<MapFunction, T> work) {
    if (discriminator == null) {
      return work.apply(function);
    }
    return discriminator.with(
        threads,
        restorer -> work.apply(new DiscriminativeFunction(restorer, function.smoothing())));
  }
}
