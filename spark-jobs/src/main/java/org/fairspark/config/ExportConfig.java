package org.fairspark.config;

import java.util.Objects;

/**
 * {@code export.*}: how {@code model.onnx} is written.
 *
 * @param size of the images that the file takes
 */
public record ExportConfig(Size size) {
  /** The sizes that a file takes. */
  public enum Size {
    /** Any number of images, with sides that are multiples of 16. */
    FREE,
    /** One image of {@code image.size}, for tools that take no open dimensions. */
    FIXED
  }

  public ExportConfig {
    Objects.requireNonNull(size, "size");
  }
}
