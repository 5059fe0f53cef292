/**
 * Detecting with a detector that another program trained and exported as one ONNX file, as the
 * toolkits for anomaly detection write them: the file gives the anomaly map, and the image's score
 * if it has an output for it.
 *
 * <p>Nothing is learnt here; the thresholds alone come from normal images.
 *
 * <p>Deviations from those programs:
 *
 * <ol>
 *   <li>An image is decoded and resized as for any method ({@code image.*}); a file that resizes
 *       its input itself, or crops it, sees an image that was resized before.
 *   <li>Where the map is coarser than the image, it is enlarged bilinearly.
 *   <li>Where the file has no score, it is the map's maximum.
 *   <li>The file's own threshold and normalization of scores, outputs beside those named, are not
 *       used.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.exported;
