package org.fairspark.job.train.features;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchFeatures;
import org.fairspark.modelfile.SafeTensors;

/**
 * The fit of a method to the features of normal images, in parts: of one part's images in a task,
 * of several parts together in another, and the model at the end.
 *
 * @param <S> what is the same for all parts
 * @param <P> what is known of a part
 */
public interface FeatureFit<S extends Serializable, P extends Serializable> extends Serializable {
  /** Returns the extractor of the patches' features. */
  PatchExtractor extractor(FeatureSettings settings);

  /**
   * Returns what is the same for all parts of a category.
   *
   * @param seed from which each part draws its own
   * @param dimension features of a patch
   */
  S same(FeatureSettings settings, long seed, int dimension);

  /**
   * Fits one part.
   *
   * @param images in the order of their ids
   * @param part its number, from 0
   * @param only whether there is no other part
   */
  P part(S same, List<PatchFeatures> images, int part, boolean only);

  /**
   * Puts parts together.
   *
   * @param parts in order
   * @param last whether there is no other part
   */
  P merge(S same, List<P> parts, boolean last);

  /** Returns the model. */
  SafeTensors model(S same, P all);

  /** Returns a human-readable description of the model. */
  String describe(P all);

  /** Returns why the model may detect badly, and what to change; empty where it need not. */
  default Optional<String> doubt(FeatureSettings settings, P all) {
    return Optional.empty();
  }
}
