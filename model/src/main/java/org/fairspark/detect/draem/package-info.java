/**
 * DRAEM (Zavrtanik et al., DRAEM: A discriminatively trained reconstruction embedding for surface
 * anomaly detection, ICCV 2021): a network restores images that textures were laid over, and a
 * second one sees image and restoration and tells where the image is anomalous.
 *
 * <p>Training images are {@code (1 - M) I + M ((1 - b) I + b A)} with a texture A of opacity b
 * inside a mask M of Perlin noise ({@link org.fairspark.corruption.CorruptionRecipe#TEXTURES}). The
 * first network is trained by squared error and SSIM ({@link
 * org.fairspark.network.RestorationLoss}), the second by the focal loss of M ({@link
 * org.fairspark.network.FocalLoss}). The map is the probability of M, smoothed by a mean of 21 x
 * 21, and its maximum the image's score ({@link
 * org.fairspark.detect.discriminative.DiscriminativeFunction}).
 *
 * <p>The preset {@code methods/draem.conf} has its settings: no high-pass, textures alone, no skip
 * connections in the restoration network. With others it is a variant of DRAEM.
 *
 * <p>Deviations:
 *
 * <ol>
 *   <li>The networks are trained one after the other, the second on the finished output of the
 *       first; the paper trains both by the sum of their losses.
 *   <li>Both networks are the U-Net of FAIR, of one width: the first with its channels in place of
 *       DRAEM's 128 to 1024, the second with added in place of concatenated skip connections, and
 *       with one output, the logarithm of the odds, in place of a softmax over two.
 *   <li>The opacity is 0.2 to 1, as in the codes of DRAEM and FAIR; DRAEM's text says 0.1 to 1.
 *   <li>A few training images are kept from both networks, and set the thresholds; the paper sets
 *       none.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.draem;
