/**
 * The discriminative method ("Dis" in the paper's Table 11, after DRAEM, Zavrtanik et al. 2021): a
 * second network sees image and restoration together and marks where the image is anomalous.
 *
 * <p>Deviations from DRAEM:
 *
 * <ol>
 *   <li>The restoration network is the paper's: it restores from high frequencies, and is trained
 *       alone; the second network is trained after it, on its finished output.
 *   <li>The second network is the same U-Net with skip connections and one output, the logarithm of
 *       the odds, not one of its own design with a softmax over two.
 *   <li>Images are corrupted by the configured recipe, not by DRAEM's textures alone.
 *   <li>Thresholds are set for the restoration alone, and new images are scored by it: so the model
 *       is one with those of the table's other rows. {@code detect.draem} has thresholds of its
 *       own.
 * </ol>
 *
 * <p>A method with two such networks implements {@link
 * org.fairspark.detect.discriminative.DiscriminatingMethod}.
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.discriminative;
