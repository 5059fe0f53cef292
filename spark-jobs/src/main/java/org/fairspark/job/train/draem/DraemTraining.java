package org.fairspark.job.train.draem;

import java.util.List;
import org.fairspark.detect.draem.DraemMethod;
import org.fairspark.job.train.CalibrationStep;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.RestorationTraining;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.job.train.discriminative.DiscriminatorTraining;

/** The training of DRAEM: both networks, one after the other, then the thresholds of both. */
public final class DraemTraining implements MethodTraining {
  @Override
  public String method() {
    return DraemMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(
        RestorationTraining.restoration(),
        new DiscriminatorTraining(new DraemMethod()),
        new CalibrationStep());
  }
}
