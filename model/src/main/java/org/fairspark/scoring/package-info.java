/**
 * The scores of images and pixels: from an anomaly map to the number by which an image is ranked
 * and judged, and to those by which its pixels are.
 *
 * <p>The paper takes the map's maximum. {@link org.fairspark.scoring.ScoreStatistic} has others
 * beside it, some of which know how held-out normal images look at each position ({@link
 * org.fairspark.scoring.PositionProfile}). {@link org.fairspark.scoring.ScoreChoice} chooses among
 * them for a category without any labelled anomaly: held-out normal images are changed as a
 * production line changes them, with and without a synthesized defect ({@link
 * org.fairspark.scoring.ScoreTrial}), and the statistic that tells both apart best is taken, where
 * it is better than the paper's beyond chance.
 *
 * <p>The paper takes the map as it is for the pixels. {@link org.fairspark.scoring.PixelStatistic}
 * relates it to its level or to normal images' maps at the place, and {@link
 * org.fairspark.scoring.PixelChoice} chooses by the same trial, whose defects' pixels are known.
 *
 * <p>{@link org.fairspark.scoring.Scorer} is the one definition that evaluation, calibration,
 * scoring, tiles and report share. Sums over maps are of whole numbers, so that they merge to the
 * same bits in any order.
 *
 * <p>To add a statistic: a constant in {@code ScoreStatistic}, larger for more anomalous maps and
 * never negative; the choice, the configuration and the report take it from there.
 *
 * <p>Must not know networks, files or Spark.
 */
package org.fairspark.scoring;
