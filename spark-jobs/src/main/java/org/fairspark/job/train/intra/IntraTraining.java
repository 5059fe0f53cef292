package org.fairspark.job.train.intra;

import java.util.List;
import org.fairspark.detect.intra.IntraMethod;
import org.fairspark.job.train.CalibrationStep;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.TrainingStep;

/** The training of InTra: its network, then the thresholds. */
public final class IntraTraining implements MethodTraining {
  @Override
  public String method() {
    return IntraMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(new TransformerTraining(), new CalibrationStep());
  }
}
