package org.fairspark.network;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.fairspark.image.FloatImage;

/**
 * A backbone on a GPU that many threads use, few at a time: each image that is at work takes memory
 * of the GPU. Images wait in the order in which they come. Thread-safe, if the backbone is.
 */
public final class SharedBackbone implements Backbone {
  /** One image is computed while the next is copied to the GPU. */
  private static final int AT_A_TIME = 2;

  private final Semaphore places = new Semaphore(AT_A_TIME, true);
  private final Backbone backbone;

  /**
   * Shares a backbone.
   *
   * @param backbone for several threads at a time; closed with this one
   */
  public SharedBackbone(Backbone backbone) {
    this.backbone = backbone;
  }

  /**
   * Waits for a place, and computes.
   *
   * @throws IllegalStateException if the thread was interrupted meanwhile, which it stays
   */
  @Override
  public List<FloatImage> features(FloatImage input) {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an image waited for a shared backbone", e);
    }
    try {
      return backbone.features(input);
    } finally {
      places.release();
    }
  }

  @Override
  public void close() {
    backbone.close();
  }
}
