package org.fairspark.training;

/**
 * The loss became infinite or not a number, or left all bounds: going on would only ruin the model.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final int batch;

  DivergedException(String category, int epoch, int block, int batch, double loss) {
    super(
        "training of %s diverged: loss %s in epoch %d, block %d, batch %d"
            .formatted(category, loss, epoch + 1, block, batch));
    this.epoch = epoch;
    this.batch = batch;
  }

  /** Returns the epoch, from 0. */
  public int epoch() {
    return epoch;
  }

  /** Returns the batch within its block, from 0. */
  public int batch() {
    return batch;
  }
}
