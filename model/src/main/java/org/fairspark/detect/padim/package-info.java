/**
 * PaDiM (Defard et al., PaDiM: a Patch Distribution Modeling Framework for Anomaly Detection and
 * Localization, ICPR 2020 workshops): the features at each place of the images are taken for
 * Gaussian; a patch is as anomalous as its Mahalanobis distance is large.
 *
 * <p>Equations: covariance with 0.01 on its diagonal, 1 ({@code GaussianSums}); distance, 2 ({@link
 * org.fairspark.detect.padim.PlaceGaussians}). The map is smoothed by a Gaussian of 4 pixels, and
 * its maximum is the image's score.
 *
 * <p>Deviations:
 *
 * <ol>
 *   <li>The backbone is any ONNX file, not ResNet18 or WideResNet50 alone; 100 features are drawn,
 *       as the paper does for ResNet18.
 *   <li>Images are resized to the configured size as a whole; the paper crops their centre.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.padim;
