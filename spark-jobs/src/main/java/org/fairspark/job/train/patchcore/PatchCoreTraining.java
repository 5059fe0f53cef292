package org.fairspark.job.train.patchcore;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.fairspark.detect.patchcore.PatchBank;
import org.fairspark.detect.patchcore.PatchCoreMethod;
import org.fairspark.features.FeatureSettings;
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

  /** The settings of the choice, the same for all parts. */
  private record Choice(FeatureSettings settings, long seed) implements Serializable {}

  /** Returns what is fitted. */
  public static FeatureFit<?, PatchBank> fit() {
    return new Bank();
  }

  /** The bank of all images from those of parts. */
  private static final class Bank implements FeatureFit<Choice, PatchBank> {
    private static final long serialVersionUID = 1;

    @Override
    public PatchExtractor extractor(FeatureSettings settings) {
      return PatchCoreMethod.extractor(settings);
    }

    @Override
    public Choice same(FeatureSettings settings, long seed, int dimension) {
      return new Choice(settings, seed);
    }

    @Override
    public PatchBank part(Choice same, List<PatchFeatures> images, int part, boolean only) {
      Vectors patches = Vectors.concatenate(images.stream().map(PatchFeatures::vectors).toList());
      long seed = SeededRandom.seed(same.seed(), "part", part);
      return only
          ? PatchBank.whole(patches, same.settings(), seed)
          : PatchBank.part(patches, same.settings(), seed);
    }

    @Override
    public PatchBank merge(Choice same, List<PatchBank> parts, boolean last) {
      return PatchBank.merge(parts, same.settings(), last);
    }

    @Override
    public SafeTensors model(Choice same, PatchBank all) {
      return all.model();
    }

    @Override
    public String describe(PatchBank all) {
      return all.describe();
    }

    @Override
    public Optional<String> doubt(FeatureSettings settings, PatchBank all) {
      return all.doubt(settings);
    }
  }
}
