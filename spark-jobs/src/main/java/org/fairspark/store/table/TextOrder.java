package org.fairspark.store.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of texts in Spark SQL, for rows that are sorted without it. */
public final class TextOrder {
  /** By the bytes of UTF-8, null first. */
  public static final Comparator<String> BY_BYTES =
      Comparator.nullsFirst(
          (a, b) ->
              Arrays.compareUnsigned(
                  a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));

  private TextOrder() {}
}
