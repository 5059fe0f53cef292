package org.fairspark.job.prepare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.fairspark.dataset.FileAccount;
import org.fairspark.failure.ExitStatus;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.table.TableManifest;
import org.fairspark.text.HumanUnits;

/**
 * The result of {@code prepare}.
 *
 * @param status whether more images than allowed could not be used
 * @param why what to say of that, if it is so
 * @param prepared counts by category
 * @param files account of all files below the data root
 * @param images the manifest of {@code images/}
 * @param samples the manifest of {@code samples/}
 * @param output the folder that holds both
 * @param quarantine the folder that lists what could not be used
 */
public record PrepareResult(
    ExitStatus status,
    Optional<String> why,
    PreparedImages prepared,
    FileAccount files,
    TableManifest images,
    TableManifest samples,
    Path output,
    Path quarantine)
    implements JobResult {

  @Override
  public Optional<String> next() {
    return Optional.of("images/, samples/ and quarantine/; next: train, with the same settings");
  }

  @Override
  public List<String> summary() {
    List<String> summary = new ArrayList<>();
    int width = prepared.categories().keySet().stream().mapToInt(String::length).max().orElse(1);
    prepared.categories().forEach((name, counts) -> summary.add(line(name, width, counts)));
    summary.add(
        "%s: %d images (%s), %d samples (%s)"
            .formatted(
                output,
                images.rows(),
                HumanUnits.bytes(images.bytes()),
                samples.rows(),
                HumanUnits.bytes(samples.bytes())));
    prepared
        .bitDepths()
        .forEach(
            (category, bits) ->
                summary.add(
                    "%s: 16-bit files are read as of %d bits (image.bit-depth)"
                        .formatted(category, bits)));
    prepared
        .sampleOffsets()
        .forEach(
            (category, offset) ->
                summary.add(
                    "%s: %d is added to the samples of 16-bit files (image.sample-offset)"
                        .formatted(category, offset)));
    summary.addAll(prepared.noteLines());
    if (prepared.bad() > 0) {
      summary.add(
          "%d of %d images could not be used %s, see %s"
              .formatted(prepared.bad(), prepared.listed(), prepared.reasons(), quarantine));
    }
    if (!prepared.maskReasons().isEmpty()) {
      summary.add(
          "%d mask(s) could not be used %s, see %s"
              .formatted(
                  prepared.maskReasons().values().stream().mapToLong(Long::longValue).sum(),
                  prepared.maskReasons(),
                  quarantine));
    }
    why.ifPresent(summary::add);
    return summary;
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>(prepared.toDetails());
    details.put("images", images.rows());
    details.put("samples", samples.rows());
    details.put("files", files.toDetails());
    details.put("output", output.toString());
    return details;
  }

  private static String line(String name, int width, PreparedImages.Category c) {
    String line =
        ("%-" + width + "s  %6d train  %6d test (%d good, %d anomalous of %d kind(s))")
            .formatted(
                name,
                c.train(),
                c.testGood() + c.testAnomalous(),
                c.testGood(),
                c.testAnomalous(),
                c.defects().size());
    if (c.calibration() > 0) {
      line += ", %d for calibration".formatted(c.calibration());
    }
    if (c.lackingMask() > 0) {
      line += ", %d without mask".formatted(c.lackingMask());
    }
    return c.bad() > 0 ? line + ", %d quarantined".formatted(c.bad()) : line;
  }
}
