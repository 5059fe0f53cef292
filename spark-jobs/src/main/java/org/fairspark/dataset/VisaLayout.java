package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fairspark.files.PathNames;

/**
 * VisA as it is distributed: {@code CATEGORY/Data/Images/Normal|Anomaly}, {@code
 * CATEGORY/Data/Masks/Anomaly}, and the one-class split in a table of its own. The only kind of
 * defect is {@code bad}, as in the reorganised layout.
 *
 * @param rows the split, as in {@code split_csv/1cls.csv}
 */
record VisaLayout(List<VisaSplit.Row> rows) implements Layout {

  static boolean fits(FileTree tree) {
    return tree.foldersIn("").stream().anyMatch(c -> tree.hasFolder(c + "/Data/Images"));
  }

  @Override
  public Placement place(FileTree tree) {
    Map<String, FileItem> files = new HashMap<>();
    tree.files().forEach(file -> files.put(file.name(), file));
    SortedSet<String> present = new TreeSet<>(tree.foldersIn(""));
    present.removeIf(category -> !tree.hasFolder(category + "/Data/Images"));
    List<ImageEntry> entries = new ArrayList<>();
    Map<String, Integer> missing = new TreeMap<>();
    for (VisaSplit.Row row : rows) {
      if (!present.contains(row.category())) {
        continue;
      }
      // A path of the table that leads elsewhere than below the root matches no listed file.
      FileItem image = files.get(row.image());
      if (image == null) {
        missing.merge(row.category(), 1, Integer::sum);
        continue;
      }
      entries.add(
          ImageEntry.of(
              tree.root(),
              image,
              row.category(),
              row.split(),
              row.normal() ? PathNames.GOOD : PathNames.BAD,
              row.normal() ? null : files.get(row.mask())));
    }
    List<String> notes = new ArrayList<>();
    missing.forEach(
        (category, count) ->
            notes.add(
                "%s: %d image(s) named in split_csv/1cls.csv are not there"
                    .formatted(category, count)));
    return new Placement(entries, notes);
  }
}
