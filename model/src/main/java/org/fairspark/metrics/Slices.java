package org.fairspark.metrics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metrics of a category by the value of one trait of its images, such as the view.
 *
 * @param byValue by value, without images that have none
 * @param because why there are none though images have values; empty otherwise
 */
public record Slices(SortedMap<String, SliceResult> byValue, String because) {
  /** The metrics where no image has a value. */
  public static final Slices NONE = new Slices(new TreeMap<>(), "");

  public Slices {
    byValue = Collections.unmodifiableSortedMap(new TreeMap<>(byValue));
  }
}
