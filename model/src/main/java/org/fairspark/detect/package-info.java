/**
 * Detecting at test time, for any method: what a method is, what a detector gives, where in a map
 * something lies, and how images of any size come to the size that networks see ({@link
 * org.fairspark.detect.Frame}): stretched, padded, or in tiles.
 *
 * <p>To add one more method:
 *
 * <ol>
 *   <li>Make a package {@code detect.NAME} with an {@link org.fairspark.detect.AnomalyDetector}
 *       that turns images into {@link org.fairspark.detect.Detection}s. Values beside map and score
 *       are {@link org.fairspark.detect.Extra}s; each becomes a column of {@code maps/}. A detector
 *       whose map is smoothed last implements {@link org.fairspark.detect.TileDetector}, and then
 *       works on large images too.
 *   <li>Implement {@link org.fairspark.detect.Method}: its name, the networks that it trains, its
 *       extras, the memory that detecting takes, and the detector. {@code detect.restoration} is a
 *       method to copy. One that fits something on a backbone's features implements {@link
 *       org.fairspark.detect.BackboneMethod}. A network that is no U-Net is a {@code
 *       network.graph.GraphSpec}, declared by {@link org.fairspark.detect.MethodNetwork#ofGraph};
 *       the detector gets it trained as {@link org.fairspark.detect.TrainedNetworks#graph}. A
 *       method with one on a backbone's features implements {@link
 *       org.fairspark.detect.FeatureNetworkMethod}, and one whose network learns from patches of
 *       clean images {@link org.fairspark.detect.PatchMethod}.
 *   <li>Name the class in {@code META-INF/services/org.fairspark.detect.Method}. The configuration
 *       then takes the name for {@code method.kind}, and evaluation, calibration, metrics and
 *       report detect with it.
 *   <li>Say how it is trained: the package {@code job.train} of the other module tells how.
 *   <li>List in the method's package documentation, by number, where it deviates from its paper.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go, nor any one method by name.
 */
package org.fairspark.detect;
