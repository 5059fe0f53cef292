package org.fairspark.training;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One sample as a worker gets it, in the {@link org.fairspark.network.NetworkSpec#sample form} that
 * the network takes.
 *
 * @param imageId the training image it was made from
 * @param variant which of the image's samples
 * @param input the network's input, such as {@code float[C][H][W]}, little-endian; of several
 *     inputs one after the other
 * @param target of a U-Net the clean image, {@code uint8[H][W][3]}, RGB, or the mask, {@code
 *     uint8[H][W][1]}, 255 where corrupted; of others what their loss compares with, float32,
 *     little-endian, or nothing
 */
public record TrainingSample(String imageId, int variant, byte[] input, byte[] target)
    implements Serializable {

  /**
   * Writes the input into {@code to}, a batch's {@code float[N][inputs]}, as its example {@code
   * index}.
   */
  void copyInput(float[] to, int index) {
    copy(input, to, index);
  }

  /**
   * Writes the target into {@code to}, a batch's {@code float[N][targets]}, as its example {@code
   * index}: an image's pixels as {@code float[channels][H][W]} in [0,1].
   *
   * @param channels of a target kept as pixels; 0 for one that is kept as float32
   */
  void copyTarget(float[] to, int index, int channels) {
    if (channels == 0) {
      copy(target, to, index);
      return;
    }
    int plane = target.length / channels;
    int at = index * target.length;
    for (int p = 0, i = 0; p < plane; p++) {
      for (int c = 0; c < channels; c++) {
        to[at + c * plane + p] = (target[i++] & 0xFF) / 255f;
      }
    }
  }

  private static void copy(byte[] from, float[] to, int index) {
    int length = from.length / Float.BYTES;
    ByteBuffer.wrap(from)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(to, index * length, length);
  }
}
