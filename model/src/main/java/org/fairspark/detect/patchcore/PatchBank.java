package org.fairspark.detect.patchcore;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairspark.features.FeatureSettings;
import org.fairspark.features.GreedyCoreset;
import org.fairspark.features.Vectors;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.random.SeededRandom;

/**
 * A memory bank in the making: what was kept of the patches of some images. Banks of parts are
 * merged to the bank of all; each keeps twice the share that is wanted in the end, so that the last
 * choice has something to choose from.
 *
 * @param coreset the patches that were kept
 * @param patches how many it was chosen from
 */
public record PatchBank(GreedyCoreset coreset, long patches) implements Serializable {
  /** The factor that a part keeps more than the final bank. */
  private static final int PART = 2;

  /**
   * Returns the bank of all images, where there is only one part.
   *
   * @param vectors their patches
   */
  public static PatchBank whole(Vectors vectors, FeatureSettings settings, long seed) {
    return choose(vectors, size(vectors.count(), settings), seed);
  }

  /**
   * Returns the bank of some of the images.
   *
   * @param vectors their patches
   */
  public static PatchBank part(Vectors vectors, FeatureSettings settings, long seed) {
    return choose(vectors, PART * (long) size(vectors.count(), settings), seed);
  }

  private static PatchBank choose(Vectors vectors, long size, long seed) {
    int first = new SeededRandom(seed).nextInt(vectors.count());
    return new PatchBank(
        GreedyCoreset.of(vectors, (int) Math.min(size, vectors.count()), first), vectors.count());
  }

  /**
   * Returns the bank of some parts together.
   *
   * @param parts in an order that does not depend on where they were made
   * @param last whether there is no other part
   */
  public static PatchBank merge(List<PatchBank> parts, FeatureSettings settings, boolean last) {
    long patches = parts.stream().mapToLong(PatchBank::patches).sum();
    int size = size(patches, settings);
    return new PatchBank(
        GreedyCoreset.merge(
            parts.stream().map(PatchBank::coreset).toList(), last ? size : PART * size),
        patches);
  }

  private static int size(long patches, FeatureSettings settings) {
    return (int)
        Math.max(1, Math.min(settings.bankLimit(), Math.round(settings.coreset() * patches)));
  }

  /** Returns the model. */
  public SafeTensors model() {
    Vectors vectors = coreset.vectors();
    return new SafeTensors(
        Map.of(
            MemoryBank.BANK,
            new SafeTensors.Tensor(
                List.of(vectors.count(), vectors.dimension()), vectors.values())),
        Map.of(
            "method", PatchCoreMethod.NAME,
            "patches", String.valueOf(patches),
            "coverage_radius", String.valueOf(coreset.radius())));
  }

  /** Returns what to change where the bank holds fewer patches than weight an image's score. */
  public Optional<String> doubt(FeatureSettings settings) {
    int kept = coreset.vectors().count();
    return kept >= settings.neighbours()
        ? Optional.empty()
        : Optional.of(
            ("the memory bank holds %d of %,d patches, fewer than method.neighbours = %d: give a"
                    + " larger method.coreset (%s now) or more training images")
                .formatted(kept, patches, settings.neighbours(), settings.coreset()));
  }

  /** Returns a human-readable description. */
  public String describe() {
    return "memory bank of %,d of %,d patches, each patch within %.2f of one that was kept"
        .formatted(coreset.vectors().count(), patches, coreset.radius());
  }
}
