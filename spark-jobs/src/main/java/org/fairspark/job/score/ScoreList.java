package org.fairspark.job.score;

import java.util.List;
import org.fairspark.store.table.ScoresTable;

/** The lists that a run writes for spreadsheets. */
enum ScoreList {
  /** Suspicious images, the highest normalized score first. */
  SUSPICIOUS(
      "suspicious.csv",
      List.of(
          ScoresTable.CATEGORY,
          ScoresTable.NORMALIZED,
          ScoresTable.SCORE,
          ScoresTable.PEAK_X,
          ScoresTable.PEAK_Y,
          ScoresTable.AREA,
          ScoresTable.REGION_COUNT,
          ScoresTable.PATH)),

  /** Files that could not be read, by path. */
  UNREADABLE(
      "unreadable.csv",
      List.of(ScoresTable.REASON, ScoresTable.MESSAGE, ScoresTable.LENGTH, ScoresTable.PATH)),

  /** Images below the data root that were scored once and are gone, by path. */
  REMOVED("removed.csv", List.of(ScoresTable.PATH));

  private final String file;
  private final List<String> columns;

  ScoreList(String file, List<String> columns) {
    this.file = file;
    this.columns = columns;
  }

  /** Returns the name of its file below the output root. */
  String file() {
    return file;
  }

  List<String> columns() {
    return columns;
  }
}
