package org.fairspark.store.model;

import java.util.Locale;

/**
 * The summary of an epoch of training.
 *
 * @param epoch from 0
 * @param samples samples seen
 * @param l2 mean l2 loss; of a network that restores no image, its own loss
 * @param ssim mean SSIM loss; 0 of a network that restores no image
 * @param seconds wall-clock time
 * @param workerSeconds seconds in training steps, the slowest worker of each round
 */
public record EpochSummary(
    int epoch, int samples, double l2, double ssim, double seconds, double workerSeconds) {
  static final String CSV_HEADER = "epoch,samples,loss,l2,ssim,seconds,averaging_seconds";

  /** Returns both losses together, as the network minimizes them. */
  public double loss() {
    return l2 + ssim;
  }

  /**
   * Returns the seconds of the rounds beyond the steps: parameters out and back, their mean,
   * waiting.
   */
  public double averagingSeconds() {
    return Math.max(0, seconds - workerSeconds);
  }

  /**
   * Returns a line of {@code loss.csv}; epochs from 1, as people count. A loss that is not made of
   * l2 and SSIM leaves their cells empty.
   */
  String toCsv() {
    return String.format(
        Locale.ROOT,
        "%d,%d,%s,%s,%.3f,%.3f",
        epoch + 1,
        samples,
        loss(),
        ssim == 0 ? "," : l2 + "," + ssim,
        seconds,
        averagingSeconds());
  }

  /**
   * Reads a line that {@link #toCsv} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static EpochSummary ofCsv(String line) {
    String[] cells = line.split(",", -1);
    if (cells.length != 7) {
      throw new IllegalArgumentException("not a line of loss.csv: " + line);
    }
    boolean whole = cells[3].isEmpty();
    double seconds = Double.parseDouble(cells[5]);
    return new EpochSummary(
        Integer.parseInt(cells[0]) - 1,
        Integer.parseInt(cells[1]),
        Double.parseDouble(cells[whole ? 2 : 3]),
        whole ? 0 : Double.parseDouble(cells[4]),
        seconds,
        seconds - Double.parseDouble(cells[6]));
  }
}
