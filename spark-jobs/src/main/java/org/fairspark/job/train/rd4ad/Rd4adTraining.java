package org.fairspark.job.train.rd4ad;

import java.util.List;
import org.fairspark.detect.rd4ad.Rd4adMethod;
import org.fairspark.job.train.CalibrationStep;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.job.train.features.FeatureNetworkTraining;

/** The training of RD4AD: the student on the teacher's features, then the thresholds. */
public final class Rd4adTraining implements MethodTraining {
  @Override
  public String method() {
    return Rd4adMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(new FeatureNetworkTraining(new Rd4adMethod()), new CalibrationStep());
  }
}
