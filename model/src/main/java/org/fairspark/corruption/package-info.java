/**
 * Synthesized anomalies (paper section 3.1): rotation, CutPaste, Perlin-shaped textures and natural
 * synthetic anomalies, from a normal image to a training sample; and black cells, which RIAD learns
 * to paint in.
 *
 * <p>Must not draw from anything but the {@link org.fairspark.random.SeededRandom} it is given, nor
 * know how the network's input is extracted from the sample.
 *
 * <p>To add a kind of corruption:
 *
 * <ol>
 *   <li>Write a class that draws its parameters from the random numbers, and applies them to the
 *       target image; parameters and arithmetic apart, so that the arithmetic can be tested with
 *       given parameters.
 *   <li>Add its {@link org.fairspark.corruption.CorruptionKind} and a branch in a {@link
 *       org.fairspark.corruption.CorruptionRecipe}, a new one if the present recipes are to keep
 *       their samples: {@code Corruptor.corrupt} draws in an order that decides every sample, and
 *       {@code CorruptorTest} fails if an old recipe's samples change.
 *   <li>Name the recipe in the documentation of the setting {@code corruption.recipe}.
 * </ol>
 *
 * <p>An augmenter of textures is a constant of {@code TextureAugmenter} with its arithmetic in
 * {@code PixelFilters}.
 */
package org.fairspark.corruption;
