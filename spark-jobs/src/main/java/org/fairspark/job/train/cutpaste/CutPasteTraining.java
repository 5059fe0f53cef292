package org.fairspark.job.train.cutpaste;

import java.util.List;
import org.fairspark.detect.cutpaste.CutPasteMethod;
import org.fairspark.job.train.CalibrationStep;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.TrainingStep;

/** The training of CutPaste: one network with its Gaussian, then the thresholds. */
public final class CutPasteTraining implements MethodTraining {
  /**
   * Patches of each image that an epoch shows. One would leave an epoch, after which a checkpoint
   * is written, shorter than the writing.
   */
  static final int PATCHES = 32;

  @Override
  public String method() {
    return CutPasteMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(new CutPasteStep(), new CalibrationStep());
  }

  @Override
  public int samplesOfImage() {
    return PATCHES;
  }
}
