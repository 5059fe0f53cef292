package org.fairspark.job.prepare;

import java.util.function.Supplier;

/**
 * One set of corrupted images for several runs of {@code prepare} that differ in nothing but the
 * filter. The first makes it, the others read it; closing it frees the executors' disks.
 */
public final class SharedCorruptions implements AutoCloseable {
  private CorruptedImages images;

  /** Returns the set, which the first call makes. */
  CorruptedImages images(Supplier<CorruptedImages> maker) {
    if (images == null) {
      images = maker.get();
      images.keep();
    }
    return images;
  }

  /** Returns how many images were corrupted so far. */
  long made() {
    return images == null ? 0 : images.made();
  }

  @Override
  public void close() {
    if (images != null) {
      images.close();
      images = null;
    }
  }
}
