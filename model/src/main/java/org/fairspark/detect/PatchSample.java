package org.fairspark.detect;

/**
 * A sample of a {@link PatchMethod}.
 *
 * @param input what the network sees, its inputs one after the other
 * @param target what the loss needs beside it, likewise
 */
public record PatchSample(float[] input, float[] target) {}
