package org.fairspark.runtime;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers of images of each category that a job leaves for the jobs after it.
 *
 * @param train training images by category
 * @param calibration images that set the thresholds by category, where the data set has some
 * @param test test images by category
 */
public record ExpectedImages(
    SortedMap<String, Long> train,
    SortedMap<String, Long> calibration,
    SortedMap<String, Long> test) {
  public ExpectedImages {
    train = Collections.unmodifiableSortedMap(new TreeMap<>(train));
    calibration = Collections.unmodifiableSortedMap(new TreeMap<>(calibration));
    test = Collections.unmodifiableSortedMap(new TreeMap<>(test));
  }
}
