package org.fairspark.job.train;

import java.util.List;
import org.fairspark.detect.restoration.RestorationMethod;

/** The training of the restoration method: one network, to restore clean images from samples. */
public final class RestorationTraining implements MethodTraining {
  @Override
  public String method() {
    return RestorationMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(restoration());
  }

  /** Returns the restoration network's training, for methods that build on it. */
  public static TrainingStep restoration() {
    return new SamplesTraining(RestorationMethod::network, SampleTarget.CLEAN);
  }
}
