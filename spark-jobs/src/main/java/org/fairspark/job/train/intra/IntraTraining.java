package org.fairspark.job.train.intra;

import org.fairspark.detect.intra.IntraMethod;
import org.fairspark.job.train.patches.PatchTraining;

/** The training of InTra: one network with the mean of normal images' maps, then the thresholds. */
public final class IntraTraining extends PatchTraining<float[]> {
  public IntraTraining() {
    super(new IntraMethod());
  }
}
