package org.fairspark.job.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.fairspark.failure.ExitStatus;
import org.fairspark.runtime.JobResult;
import org.fairspark.store.OutputRoot;

/**
 * The result of {@code score}.
 *
 * @param status whether more images than allowed were unreadable
 * @param why what to say of that, if it is so
 * @param images what is known of all images by category
 * @param scored images that this run scored
 * @param files account of all files below the data root
 * @param root where scores and lists are
 */
record ScoreResult(
    ExitStatus status,
    Optional<String> why,
    ScoreSummary images,
    long scored,
    ArchiveAccount files,
    OutputRoot root)
    implements JobResult {

  @Override
  public Optional<String> next() {
    return Optional.of("scores/ and overlays/; next: report, with the same output.root");
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>(images.lines());
    tell("unreadable: ", CategoryTally::reasons, lines);
    tell("not opened: ", CategoryTally::unopened, lines);
    lines.add("suspicious images: " + root.path("suspicious.csv"));
    why.ifPresent(lines::add);
    return lines;
  }

  private void tell(
      String what, Function<CategoryTally, Map<String, Long>> numbers, List<String> lines) {
    Map<String, Long> reasons = new TreeMap<>();
    images
        .categories()
        .values()
        .forEach(
            tally -> numbers.apply(tally).forEach((why, n) -> reasons.merge(why, n, Long::sum)));
    if (!reasons.isEmpty()) {
      lines.add(what + reasons + ", see " + root.path("unreadable.csv"));
    }
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("images", images.images());
    details.put("scored", scored);
    details.put("unreadable", images.unreadable());
    details.put("not_opened", images.unopened());
    details.put("files", files.toDetails());
    details.put("drift", images.driftNotes());
    return details;
  }
}
