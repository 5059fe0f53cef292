package org.fairspark.job.train;

import java.io.Serializable;
import org.fairspark.image.PixelImage;

/** A function that makes what a network is to give back of a row of {@code samples/}. */
@FunctionalInterface
public interface SampleTarget extends Serializable {
  /** The clean image, which a network is to restore. */
  SampleTarget CLEAN = (clean, input) -> clean.pixels();

  /**
   * Returns the target of a sample.
   *
   * @param clean the image as it was corrupted: lit and turned
   * @param input the network's input, {@code float32[C][H][W]}, little-endian
   * @return {@code uint8[H][W][channels of the head]}
   */
  byte[] of(PixelImage clean, byte[] input);
}
