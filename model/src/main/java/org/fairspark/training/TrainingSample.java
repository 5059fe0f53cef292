package org.fairspark.training;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One corrupted sample as a worker gets it.
 *
 * @param imageId the training image it was made from
 * @param variant which of the image's corrupted variants
 * @param input the network's input, {@code float[C][H][W]}, little-endian
 * @param target the clean image, {@code uint8[H][W][3]}, RGB; for a network that makes a mask, the
 *     mask, {@code uint8[H][W][1]}, 255 where corrupted
 */
public record TrainingSample(String imageId, int variant, byte[] input, byte[] target)
    implements Serializable {

  /**
   * Writes the input into {@code to}, a batch's {@code float[N][C][H][W]}, as its example {@code
   * index}.
   */
  void copyInput(float[] to, int index) {
    int length = input.length / Float.BYTES;
    ByteBuffer.wrap(input)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(to, index * length, length);
  }

  /**
   * Writes the target into {@code to}, a batch's {@code float[N][channels][H][W]} in [0,1], as its
   * example {@code index}.
   */
  void copyTarget(float[] to, int index, int channels) {
    int plane = target.length / channels;
    int at = index * target.length;
    for (int p = 0, i = 0; p < plane; p++) {
      for (int c = 0; c < channels; c++) {
        to[at + c * plane + p] = (target[i++] & 0xFF) / 255f;
      }
    }
  }
}
