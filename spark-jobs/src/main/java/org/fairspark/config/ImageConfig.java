package org.fairspark.config;

/**
 * {@code image.*}.
 *
 * @param size height and width that images are resized to, in pixels; a multiple of 16
 */
public record ImageConfig(int size) {}
