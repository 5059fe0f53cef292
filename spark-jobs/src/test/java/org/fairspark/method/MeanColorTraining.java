package org.fairspark.method;

import java.util.List;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.TrainingStep;

/** The training of {@link MeanColorMethod}, which has nothing to learn. */
public final class MeanColorTraining implements MethodTraining {
  @Override
  public String method() {
    return MeanColorMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of();
  }
}
