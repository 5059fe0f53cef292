/**
 * CutPaste (Li et al., CutPaste: Self-Supervised Learning for Anomaly Detection and Localization,
 * CVPR 2021), the variant of patches: a network learns to tell patches of normal images from ones
 * into which a rectangle of themselves or a scar is pasted; a patch is anomalous whose embedding is
 * unlikely among those of normal patches.
 *
 * <p>The network is a ResNet-18 that is trained from nothing, with a head of two layers and three
 * classes ({@code CutPasteNetwork}, samples by {@code CutPasteSamples}). A patch has a quarter of
 * the image's side. The embedding f is the mean of the last map; a Gaussian is fitted to the
 * embeddings of the training images' patches, and a patch's score is its Mahalanobis distance,
 * {@code ((f - m)' S^-1 (f - m))^(1/2)}. Patches overlap by three quarters; the map is the mean of
 * their scores, weighted by a Gaussian around their centres, and its maximum the image's score. The
 * Gaussian becomes the last layer of the network, so that one file has everything.
 *
 * <p>Deviations:
 *
 * <ol>
 *   <li>The paper's score of an image is that of a network of whole images, or of several networks
 *       together; this is of patches alone, as the paper's maps are.
 *   <li>Patches of up to 32 pixels are not made smaller by the first convolution, which is then 3 x
 *       3 pixels.
 *   <li>A sample is a patch of one of the three classes, drawn; the paper's batch has each image in
 *       all three.
 *   <li>Adam, with FAIR's learning rates; the paper's is gradient descent with momentum and a
 *       cosine. The paper trains 65 536 steps of 96 patches; the preset's 50 epochs are a thousand
 *       for sixty images.
 *   <li>Patches overlap by three quarters, the paper's by 60 of 64 pixels; at the image's border,
 *       which fewer patches reach, the map is not darker.
 *   <li>A hundredth of their mean is added to the variances.
 *   <li>Hue is not changed.
 *   <li>A few training images are kept from the network, and set the thresholds; the paper sets
 *       none.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.cutpaste;
