package org.fairspark.job.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairspark.runtime.JobResult;

/**
 * The result of {@code report}: the pages that were written, by their paths as one types them.
 *
 * @param evaluation of an evaluation
 * @param scores of a score run
 */
public record ReportResult(Optional<String> evaluation, Optional<String> scores)
    implements JobResult {

  @Override
  public List<String> summary() {
    return Stream.of(evaluation, scores)
        .flatMap(Optional::stream)
        .map(page -> "report: " + page)
        .toList();
  }

  @Override
  public Map<String, Object> details() {
    Map<String, Object> details = new LinkedHashMap<>();
    evaluation.ifPresent(page -> details.put("evaluation_report", page));
    scores.ifPresent(page -> details.put("scores_report", page));
    return details;
  }
}
