package org.fairspark.job.train.patches;

import java.io.Serializable;
import java.util.List;
import org.fairspark.detect.PatchMethod;
import org.fairspark.job.train.CalibrationStep;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.TrainingStep;

/**
 * The training of a method that learns from patches: its network, then the thresholds.
 *
 * @param <S> what the method keeps of an image
 */
public abstract class PatchTraining<S extends Serializable> implements MethodTraining {
  private final PatchMethod<S> method;

  /** Makes the training of a method. */
  protected PatchTraining(PatchMethod<S> method) {
    this.method = method;
  }

  @Override
  public final String method() {
    return method.name();
  }

  @Override
  public final List<TrainingStep> steps() {
    return List.of(new PatchStep<>(method), new CalibrationStep());
  }

  @Override
  public final int samplesOfImage() {
    return method.samplesOfImage();
  }
}
