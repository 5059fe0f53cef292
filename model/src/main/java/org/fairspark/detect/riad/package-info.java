/**
 * RIAD (Zavrtanik et al., Reconstruction by inpainting for visual anomaly detection, Pattern
 * Recognition 112, 2021): a network learns to paint in black cells of normal images; what is
 * painted in over a defect is normal, and differs from it.
 *
 * <p>The cells of an image, squares with sides of 2, 4, 8 and 16 pixels, are divided at random into
 * three sets ({@link org.fairspark.corruption.CellMasks}). For each size, the three images that
 * lack one set are painted in, and what was painted in makes one whole image. The map is the mean
 * over the sizes of {@code 1 - MSGMS} of the image and that one ({@link
 * org.fairspark.anomaly.AnomalyFunction}), smoothed by a mean of 21 x 21, and its maximum the
 * image's score. The preset {@code methods/riad.conf} has the settings: no high-pass, {@code
 * corruption.recipe = cells}, four scales of MSGMS, no colour.
 *
 * <p>Deviations:
 *
 * <ol>
 *   <li>The loss is squared error and SSIM ({@link org.fairspark.network.RestorationLoss}) of a
 *       whole output for one set of cells; the paper's is of the image put together from three,
 *       with MSGMS as a third term.
 *   <li>The network is the U-Net of FAIR, with skip connections that are added, not concatenated.
 *   <li>The division at test is one fixed draw for each size of cells, so that an image's score
 *       depends on the image alone; the paper draws anew for each image.
 *   <li>Gradients see zeros outside the image, and maps of coarser scales are enlarged bilinearly,
 *       as in FAIR's code.
 *   <li>A few training images are kept from the network, and set the thresholds; the paper sets
 *       none.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.riad;
