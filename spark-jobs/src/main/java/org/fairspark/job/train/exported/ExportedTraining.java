package org.fairspark.job.train.exported;

import java.util.List;
import org.fairspark.detect.exported.ExportedMethod;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.TrainingStep;

/** The training of an exported detector: its thresholds alone. */
public final class ExportedTraining implements MethodTraining {
  @Override
  public String method() {
    return ExportedMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(new ThresholdsStep());
  }

  @Override
  public boolean holdsOut() {
    return false;
  }
}
