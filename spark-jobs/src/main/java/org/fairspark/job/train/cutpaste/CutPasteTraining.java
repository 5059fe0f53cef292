package org.fairspark.job.train.cutpaste;

import org.fairspark.detect.cutpaste.CutPasteMethod;
import org.fairspark.detect.padim.GaussianSums;
import org.fairspark.job.train.patches.PatchTraining;

/** The training of CutPaste: one network with its Gaussian, then the thresholds. */
public final class CutPasteTraining extends PatchTraining<GaussianSums> {
  public CutPasteTraining() {
    super(new CutPasteMethod());
  }
}
