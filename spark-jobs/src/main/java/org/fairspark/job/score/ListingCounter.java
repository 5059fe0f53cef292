package org.fairspark.job.score;

import java.io.Serializable;

/** A counter of the images that are listed, for the progress. */
@FunctionalInterface
interface ListingCounter extends Serializable {
  void add(long images);
}
