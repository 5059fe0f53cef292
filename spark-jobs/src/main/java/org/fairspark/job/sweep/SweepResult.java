package org.fairspark.job.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.failure.ExitStatus;
import org.fairspark.runtime.JobResult;

/**
 * The result of {@code sweep}.
 *
 * @param ranking the groups of trials, the best first
 * @param failed trials that failed now, and why
 * @param report the path of the page
 */
record SweepResult(List<GroupRank> ranking, Map<Trial, String> failed, String report)
    implements JobResult {

  @Override
  public ExitStatus status() {
    return failed.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>(ranking.stream().map(GroupRank::line).toList());
    lines.add("report: " + report);
    return lines;
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("failed", failed.size());
    details.put("cells", ranking.stream().map(GroupRank::details).toList());
    details.put("report", report);
    return details;
  }
}
