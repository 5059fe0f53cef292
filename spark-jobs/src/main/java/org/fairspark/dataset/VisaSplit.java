package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.fairspark.failure.FairException;

/** A reader of VisA's table of images: {@code object,split,label,image,mask}. */
final class VisaSplit {
  static final String FILE = "split_csv/1cls.csv";
  private static final List<String> HEADER = List.of("object", "split", "label", "image", "mask");

  private VisaSplit() {}

  /**
   * One image.
   *
   * @param image path relative to the data root
   * @param mask path relative to the data root, empty where there is none
   */
  record Row(String category, Split split, boolean normal, String image, String mask) {}

  /**
   * Parses the table.
   *
   * @param where the file, for messages
   * @throws FairException if a line is not as it should be, naming it
   */
  static List<Row> parse(String text, String where) {
    List<String> lines = text.replace("\uFEFF", "").lines().toList();
    if (lines.isEmpty() || !List.of(lines.get(0).trim().split(",", -1)).equals(HEADER)) {
      throw bad(where, 1, "the first line must be " + String.join(",", HEADER));
    }
    List<Row> rows = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] cells = lines.get(i).trim().split(",", -1);
      if (cells.length != HEADER.size()) {
        throw bad(where, i + 1, "expected " + HEADER.size() + " cells, got " + cells.length);
      }
      Row row = row(cells, where, i + 1);
      if (!seen.add(row.image())) {
        throw bad(where, i + 1, row.image() + " is named a second time");
      }
      rows.add(row);
    }
    return rows;
  }

  private static Row row(String[] cells, String where, int line) {
    String split = cells[1].toLowerCase(Locale.ROOT);
    String label = cells[2].toLowerCase(Locale.ROOT);
    if (!split.equals("train") && !split.equals("test")) {
      throw bad(where, line, "split must be train or test, not '" + cells[1] + "'");
    }
    if (!label.equals("normal") && !label.equals("anomaly")) {
      throw bad(where, line, "label must be normal or anomaly, not '" + cells[2] + "'");
    }
    boolean normal = label.equals("normal");
    if (split.equals("train") && !normal) {
      throw bad(where, line, "an anomalous image cannot be a training image");
    }
    return new Row(cells[0], Split.of(split), normal, cells[3], cells[4]);
  }

  private static FairException bad(String where, int line, String problem) {
    return FairException.refused(
        "VisA's table of images cannot be read: " + problem,
        where + ":" + line,
        "restore the file from the data set's archive");
  }
}
