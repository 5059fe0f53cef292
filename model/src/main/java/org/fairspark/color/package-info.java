/**
 * Colour spaces of sRGB images: CIELAB in floating point, for the anomaly function, and OpenCV's
 * 8-bit spaces, for texture augmentation.
 *
 * <p>Must not know what a colour is used for. Results must be equal on every machine: tables are
 * computed with {@link StrictMath}, never with {@link Math#pow} and the like.
 *
 * <p>To add an 8-bit colour space: a constant of {@link org.fairspark.color.ByteColorSpace} with
 * the index of its brightness channel, its two conversions in a class of their own if they are
 * long, and a line in {@code ByteColorSpaceTest}, which compares with OpenCV's values. The
 * constants' order is that in which random numbers choose among them: a new one goes last, and
 * changes the prepared samples all the same.
 */
package org.fairspark.color;
