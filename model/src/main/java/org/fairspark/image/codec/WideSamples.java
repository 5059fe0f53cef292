package org.fairspark.image.codec;

import java.io.Serializable;
import java.util.OptionalInt;

/**
 * The evidence that 16-bit files give on the true depth of their samples. It merges in any order.
 *
 * @param largest the largest sample of files that do not say their depth; -1 if there is none
 * @param said the most bits of files that say their depth; 0 if there is none
 * @param contradicted whether a file's samples exceed the depth that it says
 * @param smallest the smallest sample of signed files; 0 if none is negative
 */
public record WideSamples(int largest, int said, boolean contradicted, int smallest)
    implements Serializable {
  /** No 16-bit file. */
  public static final WideSamples NONE = new WideSamples(-1, 0, false, 0);

  /**
   * Returns the evidence of one file.
   *
   * @param largest its largest sample
   * @param said the bits that it says its samples have; 0 if it does not say
   */
  static WideSamples ofFile(int largest, int said) {
    return said <= 0
        ? new WideSamples(largest, 0, false, 0)
        : new WideSamples(-1, Math.min(said, 16), largest >> said != 0, 0);
  }

  /**
   * Returns the evidence of one file whose word is about its values more than about its format, and
   * so counts as none where they exceed it.
   */
  static WideSamples ofLabelled(int largest, int said) {
    return ofFile(largest, said > 0 && largest >> said == 0 ? said : 0);
  }

  /** Returns the evidence of one file with negative samples, whose largest ones are all it says. */
  static WideSamples ofSigned(int smallest, int largest) {
    return new WideSamples(largest, 0, false, smallest);
  }

  /** Returns the evidence of both. */
  public WideSamples merge(WideSamples other) {
    return new WideSamples(
        Math.max(largest, other.largest),
        Math.max(said, other.said),
        contradicted || other.contradicted,
        Math.min(smallest, other.smallest));
  }

  /** Returns whether there is no 16-bit file. */
  public boolean isNone() {
    return equals(NONE);
  }

  /**
   * Returns whether the files' depth is another than the 16 bits that files without a word have, or
   * samples are negative.
   */
  public boolean needsRule() {
    return said > 0 || smallest < 0 || depth().bits() < 16;
  }

  /**
   * Returns the one rule for all files of a data set that these stand for: the known depth that
   * holds the largest sample and all that files say. PNGs that follow their specification to the
   * letter have their samples scaled to all 16 bits, and so contradict what they say. The offset of
   * negative samples is the least power of two that makes all of them positive, which leaves room
   * for images that go a little lower: 1024 for computed tomography.
   */
  public BitDepth depth() {
    return depth(OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * Returns the one rule, as {@link #depth()}, where part of it is given.
   *
   * @param bits of all samples, with the offset
   * @param offset added to all samples
   */
  public BitDepth depth(OptionalInt bits, OptionalInt offset) {
    if (isNone()) {
      return BitDepth.OF_FILE;
    }
    int added = offset.orElse(smallest < 0 ? powerOfTwo(-smallest) : 0);
    int found =
        contradicted
            ? 16
            : Math.max(
                BitDepth.holding(largest < 0 ? 0 : largest + added),
                BitDepth.holding(said == 0 ? 0 : (1 << said) - 1 + added));
    return BitDepth.fixed(bits.orElse(found)).withOffset(added);
  }

  /** Returns the least power of two that is not below a positive number. */
  private static int powerOfTwo(int number) {
    int below = Integer.highestOneBit(number);
    return below == number ? number : 2 * below;
  }
}
