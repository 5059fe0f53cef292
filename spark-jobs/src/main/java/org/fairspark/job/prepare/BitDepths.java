package org.fairspark.job.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.config.ImageConfig;
import org.fairspark.dataset.ImageListing;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.image.codec.WideSamples;

/**
 * The depths by which the 16-bit files of a data set are read: one for each category, so that
 * brightness stays comparable between its images.
 *
 * @param byCategory the rules; none where each file is taken at its word
 * @param given whether the configuration says them
 */
record BitDepths(SortedMap<String, BitDepth> byCategory, boolean given) {

  /** Returns the depths to begin with: what the configuration says, else nothing. */
  static BitDepths of(ImageConfig config, ImageListing listing) {
    SortedMap<String, BitDepth> depths = new TreeMap<>();
    config
        .bitDepth()
        .ifPresent(
            bits ->
                listing
                    .counts()
                    .keySet()
                    .forEach(category -> depths.put(category, BitDepth.fixed(bits))));
    return new BitDepths(depths, config.bitDepth().isPresent());
  }

  /**
   * Returns the depths that decoded images turn out to need, if they have to be decoded again by
   * them. Images of 8 bits never have to.
   *
   * @param images decoded without a rule
   */
  Optional<BitDepths> foundIn(List<ImageFacts> images) {
    if (given) {
      return Optional.empty();
    }
    SortedMap<String, WideSamples> evidence = new TreeMap<>();
    for (ImageFacts image : images) {
      if (image.isTraining() && !image.samples().isNone()) {
        evidence.merge(image.category(), image.samples(), WideSamples::merge);
      }
    }
    SortedMap<String, BitDepth> found = new TreeMap<>();
    evidence.forEach(
        (category, samples) -> {
          if (samples.needsRule()) {
            found.put(category, samples.depth());
          }
        });
    return found.isEmpty() ? Optional.empty() : Optional.of(new BitDepths(found, false));
  }

  /** Returns the bits by category. */
  SortedMap<String, Integer> bits() {
    SortedMap<String, Integer> bits = new TreeMap<>();
    byCategory.forEach((category, depth) -> bits.put(category, depth.bits()));
    return bits;
  }

  /** Returns a line for each category. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, BitDepth> one : byCategory.entrySet()) {
      lines.add(
          "%s: the samples of its 16-bit files have %d bits; reading them again by that"
              .formatted(one.getKey(), one.getValue().bits()));
    }
    return lines;
  }
}
