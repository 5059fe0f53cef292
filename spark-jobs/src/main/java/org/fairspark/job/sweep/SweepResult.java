package org.fairspark.job.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.fairspark.failure.ExitStatus;
import org.fairspark.runtime.JobResult;

/**
 * The result of {@code sweep}.
 *
 * @param ranking the groups of trials, the best first
 * @param failed trials that failed now, and why
 * @param leftOut categories that finished trials had to do without, with the reason
 * @param report the path of the page
 */
record SweepResult(
    List<GroupRank> ranking,
    Map<Trial, String> failed,
    SortedMap<String, String> leftOut,
    String report)
    implements JobResult {

  @Override
  public ExitStatus status() {
    if (!failed.isEmpty()) {
      return ExitStatus.FAILED;
    }
    return leftOut.isEmpty() ? ExitStatus.DONE : ExitStatus.TOO_MANY_BAD_RECORDS;
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>(ranking.stream().map(GroupRank::line).toList());
    leftOut.forEach((name, why) -> lines.add("%s is left out: %s".formatted(name, why)));
    lines.add("report: " + report);
    return lines;
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("failed", failed.size());
    details.put("left_out", leftOut);
    details.put("cells", ranking.stream().map(GroupRank::details).toList());
    details.put("report", report);
    return details;
  }
}
