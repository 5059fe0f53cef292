/**
 * NSA (Schlüter et al., Natural Synthetic Anomalies for Self-Supervised Anomaly Detection and
 * Localization, ECCV 2022): a network is shown normal images into which patches of other normal
 * images were blended, and learns to tell of each pixel how much it was changed.
 *
 * <p>Patches are rectangles with sides of a gamma distribution, resized, shifted, and blended by
 * Poisson's equation, so that they have no visible edge ({@link
 * org.fairspark.corruption.CorruptionRecipe#PATCHES}). The label of a pixel is a logistic function
 * of its change, smoothed by a median ({@link org.fairspark.corruption.DifferenceLabel}), and the
 * loss the binary cross-entropy of the label ({@link org.fairspark.network.CrossEntropyLoss}). The
 * map is the network's output, {@code 1 / (1 + exp(-x))}, and the image's score the mean of it. The
 * preset {@code methods/nsa.conf} has the settings: no high-pass, {@code corruption.recipe =
 * patches}, no smoothing.
 *
 * <p>Deviations:
 *
 * <ol>
 *   <li>The network is the U-Net of FAIR; the paper's is an encoder of ResNet-18's blocks and a
 *       decoder without skip connections.
 *   <li>One set of sizes, numbers of patches and labels for every category: up to four patches,
 *       whose steeper gradients win, as the reference code has it for textures. The paper chooses
 *       them by category, and lets patches of some objects begin where the object is, by the
 *       brightness of the background.
 *   <li>Images are neither cropped, turned nor mirrored; the paper crops them at random to 224 of
 *       256 pixels (textures: to 256 of 264).
 *   <li>The learning rate falls in steps, as FAIR's; the paper's by a cosine from 1e-3 to 1e-6.
 *   <li>Where only a part of the map counts, or images are padded or tiled, the score is the map's
 *       maximum: the mean would depend on how much counts.
 *   <li>A few training images are kept from the network, and set the thresholds; the paper sets
 *       none.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.nsa;
