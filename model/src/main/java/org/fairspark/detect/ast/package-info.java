/**
 * AST (Rudolph et al., Asymmetric Student-Teacher Networks for Industrial Anomaly Detection, WACV
 * 2023), for colour images: a normalizing flow, the teacher, learns the density of a frozen
 * backbone's features of normal images, and a convolutional network, the student, to give what the
 * teacher gives. A flow is bijective, so that other features have another output; the student, of
 * another architecture, does not follow there.
 *
 * <p>The teacher f maps features y with the position encoding c to {@code z = f(y; c)}, trained by
 * {@code |z|^2 / 2 - log |det dz/dy|} ({@code CouplingFlow}): four blocks, each of which orders the
 * channels by chance and then scales and shifts either half, {@code x1' = exp(s(x2)) x1 + t(x2)},
 * {@code x2' = exp(s(x1')) x2 + t(x1')}, with {@code s = 2 alpha / pi arctan(u / alpha)} and alpha
 * 1.9. The student g is trained by {@code |g(y; c) - z|^2} ({@code ResidualStudent}: four residual
 * blocks). The map is that squared distance, a mean over channels, enlarged to the image; the
 * image's score is its maximum ({@link org.fairspark.detect.ast.AstMethod}).
 *
 * <p>Deviations:
 *
 * <ol>
 *   <li>The backbone is any ONNX file and images have the configured size; the paper takes one
 *       layer of EfficientNet-B5, for images of 768 x 768. Every place's features of a layer are
 *       brought to one length, since layers of other backbones have other scales.
 *   <li>Colour images alone: no depth, and no foreground that it would tell.
 *   <li>The student has 4 c channels and the teacher's small networks 2 c, c being {@code
 *       model.width}: 128 and 64 by default. The paper has 1024 and 64.
 *   <li>Convolutions of the teacher see zeros beyond the border, not the border's values again.
 *   <li>The learnt factor by which a coupling begins as the identity, being zero at first, is
 *       another for each channel; the reference code has one for all.
 *   <li>The learning rate falls at 80 % and 90 % of the epochs, and Adam has no weight decay.
 *   <li>A few training images are kept from both networks, and set the thresholds; the paper sets
 *       none.
 *   <li>The map is enlarged bilinearly, and smoothed no further; the reference code interpolates
 *       bicubically.
 *   <li>The image's score is the map's maximum. The reference code prints the results of maximum
 *       and mean.
 * </ol>
 *
 * <p>Must not know where images come from or where maps go.
 */
package org.fairspark.detect.ast;
