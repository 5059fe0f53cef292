/**
 * PatchCore (Roth et al., Towards Total Recall in Industrial Anomaly Detection, CVPR 2022):
 * features of patches of normal images are kept in a memory bank; a patch is as anomalous as it is
 * far from the nearest of them.
 *
 * <p>Equations: locally aware patch features, 1 to 3 ({@link
 * org.fairspark.features.PatchExtractor}); the coreset, 5 ({@link
 * org.fairspark.features.GreedyCoreset}); an image's score, 6 and 7 ({@code MemoryBank}). The map
 * is section 3.3's: enlarged bilinearly, smoothed by a Gaussian of 4 pixels.
 *
 * <p>Deviations:
 *
 * <ol>
 *   <li>The vector of every place in each layer is brought to length 1 before it is averaged; the
 *       paper's networks end their layers in ReLU and have like scales, others do not.
 *   <li>Features are averaged over the 3 x 3 neighbourhood channel by channel, not pooled to 1024
 *       numbers afterwards; distances in the greedy choice are exact, not of random projections.
 *   <li>More images than a part takes are divided into parts by the order of their ids; each keeps
 *       twice the share, and the final choice is among what they kept. The model says how far any
 *       patch is from the bank at most.
 *   <li>Images are resized to the configured size as a whole; the paper crops their centre.
 *   <li>Where images are padded, or only regions of them are inspected, an image's score is the
 *       maximum of its map there in place of equation 7, whose patches lie anywhere.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.patchcore;
