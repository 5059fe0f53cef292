package org.fairspark.job.score;

import java.util.List;
import org.fairspark.store.table.ScoresTable;

/** The lists that a run writes for spreadsheets. */
enum ScoreList {
  /** Suspicious images, the highest normalized score first. */
  SUSPICIOUS("suspicious.csv"),

  /** Files that could not be read, by path. */
  UNREADABLE("unreadable.csv"),

  /** Images below the data root that were scored once and are gone, by path. */
  REMOVED("removed.csv");

  private final String file;

  ScoreList(String file) {
    this.file = file;
  }

  /** Returns the name of its file below the output root. */
  String file() {
    return file;
  }

  /** Returns the columns of {@code scores/} that it shows. */
  List<String> columns() {
    return switch (this) {
      case SUSPICIOUS ->
          List.of(
              ScoresTable.CATEGORY,
              ScoresTable.NORMALIZED,
              ScoresTable.SCORE,
              ScoresTable.PEAK_X,
              ScoresTable.PEAK_Y,
              ScoresTable.AREA,
              ScoresTable.REGION_COUNT,
              ScoresTable.PATH);
      case UNREADABLE ->
          List.of(ScoresTable.REASON, ScoresTable.MESSAGE, ScoresTable.LENGTH, ScoresTable.PATH);
      case REMOVED -> List.of(ScoresTable.PATH);
    };
  }
}
