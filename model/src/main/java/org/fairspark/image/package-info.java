/**
 * Images in memory: 8-bit pixels, floating-point planes, resizing and conversion to gray. Files are
 * decoded and encoded in {@link org.fairspark.image.codec}.
 *
 * <p>Must not know what an image is used for: no filters, no corruption, no labels.
 *
 * <p>An operation that several packages need, such as another interpolation, is one class here with
 * static methods from image to image; it states shapes, ranges and the library that it agrees with,
 * and gets a golden or hand-computed test.
 */
package org.fairspark.image;
