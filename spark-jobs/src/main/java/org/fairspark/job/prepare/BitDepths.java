package org.fairspark.job.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.config.ImageConfig;
import org.fairspark.dataset.ImageListing;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.image.codec.WideSamples;

/**
 * The depths by which the 16-bit files of a data set are read, and the offsets of signed ones: one
 * rule for each category, so that brightness stays comparable between its images.
 *
 * @param byCategory the rules; none where each file is taken at its word
 * @param givenBits that the configuration gives for all
 * @param givenOffset that the configuration gives for all
 */
record BitDepths(
    SortedMap<String, BitDepth> byCategory, OptionalInt givenBits, OptionalInt givenOffset) {

  /** Returns the depths to begin with: what the configuration says, else nothing. */
  static BitDepths of(ImageConfig config, ImageListing listing) {
    SortedMap<String, BitDepth> depths = new TreeMap<>();
    if (config.bitDepth().isPresent() || config.sampleOffset().isPresent()) {
      BitDepth bits =
          config.bitDepth().isPresent()
              ? BitDepth.fixed(config.bitDepth().getAsInt())
              : BitDepth.OF_FILE;
      BitDepth depth =
          config.sampleOffset().isPresent()
              ? bits.withOffset(config.sampleOffset().getAsInt())
              : bits.seekingOffset();
      listing.counts().keySet().forEach(category -> depths.put(category, depth));
    }
    return new BitDepths(depths, config.bitDepth(), config.sampleOffset());
  }

  /**
   * Returns the depths that decoded images turn out to need, if they have to be decoded again by
   * them. Images of 8 bits never have to.
   *
   * @param images decoded by the depths to begin with
   */
  Optional<BitDepths> foundIn(List<ImageFacts> images) {
    if (givenBits.isPresent() && givenOffset.isPresent()) {
      return Optional.empty();
    }
    SortedMap<String, WideSamples> evidence = new TreeMap<>();
    for (ImageFacts image : images) {
      if (image.isTraining() && !image.samples().isNone()) {
        evidence.merge(image.category(), image.samples(), WideSamples::merge);
      }
    }
    SortedMap<String, BitDepth> found = new TreeMap<>(byCategory);
    boolean differs = false;
    for (Map.Entry<String, WideSamples> one : evidence.entrySet()) {
      WideSamples samples = one.getValue();
      BitDepth rule = samples.depth(givenBits, givenOffset);
      boolean needed =
          givenBits.isPresent()
              ? samples.smallest() < 0
              : samples.needsRule() || givenOffset.orElse(0) > 0;
      if (needed) {
        found.put(one.getKey(), rule);
        differs = true;
      }
    }
    return differs ? Optional.of(new BitDepths(found, givenBits, givenOffset)) : Optional.empty();
  }

  /** Returns the bits by category; none where each file says them. */
  SortedMap<String, Integer> bits() {
    SortedMap<String, Integer> bits = new TreeMap<>();
    byCategory.forEach(
        (category, depth) -> {
          if (!depth.trustsFiles()) {
            bits.put(category, depth.bits());
          }
        });
    return bits;
  }

  /** Returns what is added to samples by category, where that is something. */
  SortedMap<String, Integer> offsets() {
    SortedMap<String, Integer> offsets = new TreeMap<>();
    byCategory.forEach(
        (category, depth) -> {
          if (depth.offset() > 0) {
            offsets.put(category, depth.offset());
          }
        });
    return offsets;
  }

  /** Returns a line for each category whose files are read again. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    byCategory.forEach(
        (category, depth) -> {
          if (!depth.trustsFiles() && !depth.isSeekingOffset()) {
            String offset =
                depth.offset() == 0 ? "" : " with %d added to them".formatted(depth.offset());
            lines.add(
                "%s: the samples of its 16-bit files have %d bits%s; reading them again by that"
                    .formatted(category, depth.bits(), offset));
          }
        });
    return lines;
  }
}
