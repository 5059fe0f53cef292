package org.fairspark.job.train.patchsvdd;

import org.fairspark.detect.patchsvdd.PatchEncodings;
import org.fairspark.detect.patchsvdd.PatchSvddMethod;
import org.fairspark.job.train.patches.PatchTraining;

/** The training of Patch-SVDD: one network with its banks, then the thresholds. */
public final class PatchSvddTraining extends PatchTraining<PatchEncodings> {
  public PatchSvddTraining() {
    super(new PatchSvddMethod());
  }
}
