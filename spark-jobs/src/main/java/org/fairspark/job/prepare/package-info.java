/**
 * {@code prepare}: from image files to {@code images/} (decoded, resized, with masks) and {@code
 * samples/} (corrupted and filtered).
 *
 * <p>{@link org.fairspark.job.prepare.ImagesStage} decodes each file once, {@link
 * org.fairspark.job.prepare.CorruptedImages} makes the variants of each training image, and {@link
 * org.fairspark.job.prepare.SamplesStage} filters them.
 *
 * <p>Must not train, and must not change an image in a way that depends on how Spark divides the
 * work.
 */
package org.fairspark.job.prepare;
