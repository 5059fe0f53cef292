package org.fairspark.job.train.patchcore;

import java.io.Serializable;
import java.util.List;
import org.fairspark.detect.patchcore.PatchBank;
import org.fairspark.detect.patchcore.PatchCoreMethod;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.LayerMoments;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.Vectors;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.job.train.features.FeatureFit;
import org.fairspark.job.train.features.FeatureTraining;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.random.SeededRandom;

/** The training of PatchCore: a memory bank of the normal images' patches. */
public final class PatchCoreTraining implements MethodTraining {
  @Override
  public String method() {
    return PatchCoreMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(new FeatureTraining<>(fit()));
  }

  /**
   * Settings and scales that all parts share.
   *
   * @param scales of the features
   */
  private record Scaling(FeatureSettings settings, long seed, float[] scales)
      implements Serializable {}

  /** Returns what is fitted. */
  public static FeatureFit<?, PatchBank> fit() {
    return new Bank();
  }

  /** The bank of all images from those of parts. */
  private static final class Bank implements FeatureFit<Scaling, PatchBank> {
    private static final long serialVersionUID = 1;

    /** Enough for one number per layer: each image has about a thousand patches. */
    private static final int SAMPLE_IMAGES = 16;

    @Override
    public PatchExtractor extractor(FeatureSettings settings) {
      return PatchCoreMethod.extractor(settings);
    }

    @Override
    public int sampleImages() {
      return SAMPLE_IMAGES;
    }

    @Override
    public Scaling same(FeatureSettings settings, long seed, List<PatchFeatures> sample) {
      LayerMoments moments =
          sample.stream().map(LayerMoments::of).reduce(LayerMoments::plus).orElseThrow();
      return new Scaling(settings, seed, moments.scales());
    }

    @Override
    public PatchBank part(Scaling same, List<PatchFeatures> images, int part, boolean only) {
      Vectors patches =
          Vectors.concatenate(
              images.stream().map(image -> image.vectors().scaled(same.scales())).toList());
      long seed = SeededRandom.seed(same.seed(), "part", part);
      return only
          ? PatchBank.whole(patches, same.settings(), seed)
          : PatchBank.part(patches, same.settings(), seed);
    }

    @Override
    public PatchBank merge(Scaling same, List<PatchBank> parts, boolean last) {
      return PatchBank.merge(parts, same.settings(), last);
    }

    @Override
    public SafeTensors model(Scaling same, PatchBank all) {
      return all.model(same.scales());
    }

    @Override
    public String describe(PatchBank all) {
      return all.describe();
    }
  }
}
