package org.fairspark.job.train.discriminative;

import java.util.List;
import org.fairspark.detect.discriminative.DiscriminativeMethod;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.RestorationTraining;
import org.fairspark.job.train.TrainingStep;

/**
 * The training of the discriminative method: the restoration network, then the discriminative one.
 */
public final class DiscriminativeTraining implements MethodTraining {
  @Override
  public String method() {
    return DiscriminativeMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(
        RestorationTraining.restoration(), new DiscriminatorTraining(new DiscriminativeMethod()));
  }
}
