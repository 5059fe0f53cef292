package org.fairspark.detect.patchsvdd;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.fairspark.features.GreedyCoreset;
import org.fairspark.features.Vectors;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.graph.Nearest;

/**
 * The encodings of an image's patches.
 *
 * @param large of large ones
 * @param small of small ones
 */
public record PatchEncodings(Vectors large, Vectors small) implements Serializable {
  /**
   * Returns trained weights with the encodings that lie near all of those of some images.
   *
   * @param images in an order that does not depend on where they were made
   */
  static NetworkWeights banks(NetworkWeights trained, List<PatchEncodings> images) {
    return trained
        .with(vectors(PatchSvddNetwork.LARGE_BANK), bank(images, PatchEncodings::large))
        .with(vectors(PatchSvddNetwork.SMALL_BANK), bank(images, PatchEncodings::small));
  }

  private static String vectors(String layer) {
    return layer + "." + Nearest.VECTORS;
  }

  /** Returns the bank; where there are fewer encodings than it holds, the first again and again. */
  private static float[] bank(
      List<PatchEncodings> images, Function<PatchEncodings, Vectors> scale) {
    Vectors all = Vectors.concatenate(images.stream().map(scale).toList());
    int n = all.dimension();
    float[] chosen = GreedyCoreset.of(all, PatchSvddNetwork.BANK, 0).vectors().values();
    float[] bank = new float[PatchSvddNetwork.BANK * n];
    for (int at = 0; at < bank.length; at += n) {
      System.arraycopy(chosen, at < chosen.length ? at : 0, bank, at, n);
    }
    return bank;
  }
}
