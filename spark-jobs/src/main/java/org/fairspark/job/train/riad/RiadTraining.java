package org.fairspark.job.train.riad;

import java.util.List;
import org.fairspark.detect.riad.RiadMethod;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.RestorationTraining;
import org.fairspark.job.train.TrainingStep;

/** The training of RIAD: one network, to paint in the black cells of samples. */
public final class RiadTraining implements MethodTraining {
  @Override
  public String method() {
    return RiadMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(RestorationTraining.restoration());
  }
}
