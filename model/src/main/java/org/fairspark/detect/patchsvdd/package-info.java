/**
 * Patch-SVDD (Yi and Yoon, Patch SVDD: Patch-level SVDD for Anomaly Detection and Segmentation,
 * ACCV 2020): an encoder learns to give patches that lie close together encodings that lie close
 * together, and to tell by two encodings where one patch lies beside the other; a patch is as
 * anomalous as its encoding is far from the nearest of those of normal patches.
 *
 * <p>With f an encoder, p a patch, p' one a pixel or two from it and p'' one of the eight places
 * beside it, the loss is {@code w |f(p) - f(p')| + crossEntropy(y, C(f(p) - f(p'')))}, the paper's
 * equation 6, with the weight w of 0.001 of the reference code's example, at two scales ({@code
 * PatchSvddNetwork}, pairs by {@code PatchPairs}). The large encoder takes the small one's
 * encodings of the four quadrants (section 3.3). A patch's score is {@code min |f(p) - f(q)|} over
 * normal patches q (section 3.4, the layer {@link org.fairspark.network.graph.Nearest}); a pixel's
 * is the mean over the patches that it lies in, at each scale, and the map is the product of the
 * scales. The maximum of the map is the image's score. The banks of normal encodings become arrays
 * of the network, so that one file has everything.
 *
 * <p>Deviations:
 *
 * <ol>
 *   <li>A bank holds 2048 encodings of each scale, chosen as PatchCore's ({@link
 *       org.fairspark.features.GreedyCoreset}), of at most 128 images; the paper's holds all.
 *   <li>Patches have an eighth and a quarter of the image's side: 32 and 64 pixels of 256, as the
 *       paper's, and fewer in smaller images, where the first convolution does not halve them.
 *   <li>Both scales learn from the same first patch: the close pairs of small patches are the
 *       quadrants of the large ones, and the first quadrant is the one whose neighbour is placed.
 *       The paper draws four pairs of their own. A first patch is drawn from where there is room
 *       for its neighbour.
 *   <li>Patches at test time are a quarter of a small side apart at both scales; the paper's are a
 *       quarter of a large side and an eighth of a small one. In the mean over patches those count
 *       more in whose middle a pixel lies.
 *   <li>Adam with FAIR's learning rates, weights that begin by Kaiming's rule, and few steps; the
 *       reference code trains 300 epochs of 100 pairs an image with a rate of 1e-4. The mean image
 *       is not subtracted.
 *   <li>The last layer of the position classifiers learns; the reference code's stays as it began,
 *       brought to length 1. Noise and changed colours are in the patch beside alone, not in both.
 *   <li>A few training images are kept from the network, and set the thresholds; the paper sets
 *       none.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.patchsvdd;
