package org.fairspark.job.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fairspark.detect.MethodNetwork;
import org.fairspark.network.UnetSpec;
import org.fairspark.store.model.EpochSummary;

/**
 * The figures of a whole training of one network, those of earlier runs that it went on from
 * included.
 *
 * @param network whose architecture decides its loss
 * @param last the last epoch
 * @param epochs all epochs
 * @param images training images; an epoch may see several samples of each
 * @param samplesPerSecond over all epochs
 * @param averagingShare share of the time that is averaging rather than training, 0 to 1
 * @param workers that trained together
 */
public record FitSummary(
    MethodNetwork network,
    EpochSummary last,
    int epochs,
    int images,
    double samplesPerSecond,
    double averagingShare,
    Workers workers)
    implements StepFigures {

  /** Returns the figures of a training that is at its end. */
  static FitSummary of(
      MethodNetwork network, List<EpochSummary> history, int images, Workers workers) {
    double samples = history.stream().mapToDouble(EpochSummary::samples).sum();
    double seconds = history.stream().mapToDouble(EpochSummary::seconds).sum();
    double averaging = history.stream().mapToDouble(EpochSummary::averagingSeconds).sum();
    return new FitSummary(
        network,
        history.get(history.size() - 1),
        history.size(),
        images,
        samples / seconds,
        averaging / seconds,
        workers);
  }

  @Override
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s after %d %s of %d samples, %.1f samples/s, %s%s",
        loss(),
        epochs,
        epochs == 1 ? "epoch" : "epochs",
        last.samples(),
        samplesPerSecond,
        workers.describe(),
        averaging());
  }

  /** Returns the share of averaging; a single worker has nobody to average with. */
  private String averaging() {
    return workers.count() == 1
        ? ""
        : String.format(Locale.ROOT, ", %.0f %% of the time in averaging", 100 * averagingShare);
  }

  private String loss() {
    if (network.isGraph()) {
      return String.format(Locale.ROOT, "%s: loss %.5f", network.name(), last.loss());
    }
    UnetSpec unet = network.unet().orElseThrow();
    return unet.head() == UnetSpec.Head.RESTORATION
        ? String.format(
            Locale.ROOT, "loss %.4f (l2 %.5f, SSIM %.4f)", last.loss(), last.l2(), last.ssim())
        : String.format(Locale.ROOT, "%s %.5f", unet.head().loss(), last.loss());
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("epochs", epochs);
    details.put("images", images);
    details.put("loss", last.loss());
    details.put("samples_per_second", samplesPerSecond);
    details.put("averaging_share", averagingShare);
    details.put("workers", workers.count());
    return details;
  }
}
