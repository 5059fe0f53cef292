package org.fairspark.job.train.nsa;

import java.util.List;
import org.fairspark.corruption.DifferenceLabel;
import org.fairspark.detect.nsa.NsaMethod;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.SamplesTraining;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.store.table.Float32Codec;

/** The training of NSA: one network, to find and to rate what was blended into samples. */
public final class NsaTraining implements MethodTraining {
  @Override
  public String method() {
    return NsaMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(new SamplesTraining(NsaMethod::network, NsaTraining::label));
  }

  /** The input is the corrupted image itself: the method needs colours. */
  private static byte[] label(PixelImage clean, byte[] input) {
    FloatImage corrupted =
        new FloatImage(3, clean.height(), clean.width(), Float32Codec.toFloats(input));
    return DifferenceLabel.of(clean, corrupted);
  }
}
