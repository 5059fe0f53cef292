package org.fairspark.config;

/**
 * {@code image.*}.
 *
 * @param size height and width that images are resized to, in pixels; a multiple of 16
 */
public record ImageConfig(int size) {

  public ImageConfig {
    new Checks()
        .require(
            size >= 16 && size <= 8192 && size % 16 == 0,
            "image.size",
            size,
            "must be a multiple of 16 from 16 to 8192")
        .done();
  }
}
