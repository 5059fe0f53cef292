package org.fairspark.dataset.manifest;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The colour in a mask that stands for what is normal, where it is not black. It travels as another
 * column, in the form {@code #rrggbb}.
 */
public final class MaskBackground {
  /** The column's name. */
  public static final String COLUMN = "mask_background";

  private MaskBackground() {}

  /** Returns the colour as {@code 0xRRGGBB}, if these columns name one. */
  public static OptionalInt of(Map<String, String> columns) {
    String text = columns.getOrDefault(COLUMN, "").strip().toLowerCase(Locale.ROOT);
    return text.matches("#[0-9a-f]{6}")
        ? OptionalInt.of(Integer.parseInt(text.substring(1), 16))
        : OptionalInt.empty();
  }
}
