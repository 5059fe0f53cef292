package org.fairspark.job.train.padim;

import java.util.List;
import org.fairspark.detect.padim.GaussianSums;
import org.fairspark.detect.padim.PadimMethod;
import org.fairspark.detect.padim.PlaceGaussians;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchFeatures;
import org.fairspark.job.train.MethodTraining;
import org.fairspark.job.train.TrainingStep;
import org.fairspark.job.train.features.FeatureFit;
import org.fairspark.job.train.features.FeatureTraining;
import org.fairspark.modelfile.SafeTensors;

/** The training of PaDiM: a Gaussian for every place of the images. */
public final class PadimTraining implements MethodTraining {
  @Override
  public String method() {
    return PadimMethod.NAME;
  }

  @Override
  public List<TrainingStep> steps() {
    return List.of(new FeatureTraining<>(fit()));
  }

  /** Returns what is fitted. */
  public static FeatureFit<?, GaussianSums> fit() {
    return new Sums();
  }

  /** The sums over all images from those over parts. */
  private static final class Sums implements FeatureFit<int[], GaussianSums> {
    private static final long serialVersionUID = 1;

    @Override
    public PatchExtractor extractor(FeatureSettings settings) {
      return PadimMethod.extractor(settings);
    }

    @Override
    public int[] same(FeatureSettings settings, long seed, int dimension) {
      return PlaceGaussians.draw(dimension, settings.dimensions(), seed);
    }

    @Override
    public GaussianSums part(int[] kept, List<PatchFeatures> images, int part, boolean only) {
      return GaussianSums.of(images, kept);
    }

    @Override
    public GaussianSums merge(int[] kept, List<GaussianSums> parts, boolean last) {
      return parts.stream().skip(1).reduce(parts.get(0), GaussianSums::add);
    }

    @Override
    public SafeTensors model(int[] kept, GaussianSums all) {
      return PlaceGaussians.fit(all, kept).model(all.images());
    }

    @Override
    public String describe(GaussianSums all) {
      return all.describe();
    }
  }
}
