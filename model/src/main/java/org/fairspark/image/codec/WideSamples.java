package org.fairspark.image.codec;

import java.io.Serializable;

/**
 * The evidence that 16-bit files give on the true depth of their samples. It merges in any order.
 *
 * @param largest the largest sample of files that do not say their depth; -1 if there is none
 * @param said the most bits of files that say their depth; 0 if there is none
 * @param contradicted whether a file's samples exceed the depth that it says
 */
public record WideSamples(int largest, int said, boolean contradicted) implements Serializable {
  /** No 16-bit file. */
  public static final WideSamples NONE = new WideSamples(-1, 0, false);

  /**
   * Returns the evidence of one file.
   *
   * @param largest its largest sample
   * @param said the bits that it says its samples have; 0 if it does not say
   */
  static WideSamples ofFile(int largest, int said) {
    return said <= 0
        ? new WideSamples(largest, 0, false)
        : new WideSamples(-1, Math.min(said, 16), largest >> said != 0);
  }

  /**
   * Returns the evidence of one file whose word is about its values more than about its format, and
   * so counts as none where they exceed it.
   */
  static WideSamples ofLabelled(int largest, int said) {
    return ofFile(largest, said > 0 && largest >> said == 0 ? said : 0);
  }

  /** Returns the evidence of both. */
  public WideSamples merge(WideSamples other) {
    return new WideSamples(
        Math.max(largest, other.largest),
        Math.max(said, other.said),
        contradicted || other.contradicted);
  }

  /** Returns whether there is no 16-bit file. */
  public boolean isNone() {
    return equals(NONE);
  }

  /**
   * Returns whether the files' depth is another than the 16 bits that files without a word have.
   */
  public boolean needsRule() {
    return said > 0 || depth().bits() < 16;
  }

  /**
   * Returns the one rule for all files of a data set that these stand for: the known depth that
   * holds the largest sample and all that files say. PNGs that follow their specification to the
   * letter have their samples scaled to all 16 bits, and so contradict what they say.
   */
  public BitDepth depth() {
    if (isNone()) {
      return BitDepth.OF_FILE;
    }
    return BitDepth.fixed(
        contradicted ? 16 : Math.max(BitDepth.holding(largest), BitDepth.atLeast(said)));
  }
}
