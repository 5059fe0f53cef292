package org.fairspark.dataset;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.fairspark.dataset.manifest.ManifestColumn;
import org.fairspark.dataset.manifest.ManifestProblems;
import org.fairspark.dataset.manifest.ManifestRow;
import org.fairspark.files.PathNames;

/** The meaning of a row's label and defect. */
final class ManifestLabel {
  private static final Set<String> NORMAL = Set.of("0", "false");

  /** Labels that say no more than that an image is anomalous. */
  private static final Set<String> ANOMALOUS = Set.of("1", "true");

  private ManifestLabel() {}

  /**
   * Returns the kind of defect that a row names, {@code good} for a normal image; nothing if it
   * names none: the defect, else the label as it is written. A label and a defect that contradict
   * each other are a problem.
   */
  static Optional<String> of(ManifestRow row, ManifestProblems problems) {
    String label = plain(row.cell(ManifestColumn.LABEL));
    String defect = row.cell(ManifestColumn.DEFECT);
    if (label.matches("-?[0-9]+") && !label.equals("0") && !label.equals("1")) {
      problems.add(
          row,
          ManifestColumn.LABEL,
          "'%s' is neither 0 (normal) nor 1 (anomalous); names of defects belong into defect"
              .formatted(label));
      return Optional.of(PathNames.BAD);
    }
    if (label.isEmpty()) {
      return defect.isEmpty() ? Optional.empty() : Optional.of(PathNames.defect(defect));
    }
    boolean normal = isNormal(label);
    if (defect.isEmpty()) {
      return Optional.of(normal ? PathNames.GOOD : isAnomalous(label) ? PathNames.BAD : label);
    }
    if (normal != isNormal(defect)) {
      problems.add(
          row, ManifestColumn.DEFECT, "'%s' contradicts the label '%s'".formatted(defect, label));
    }
    return Optional.of(PathNames.defect(defect));
  }

  /** Returns a label without the decimals that a table's whole numbers get beside empty cells. */
  private static String plain(String label) {
    return label.matches("[01]\\.0+") ? label.substring(0, 1) : label;
  }

  private static boolean isNormal(String word) {
    return PathNames.isGood(word) || NORMAL.contains(word.toLowerCase(Locale.ROOT));
  }

  private static boolean isAnomalous(String word) {
    return ANOMALOUS.contains(word.toLowerCase(Locale.ROOT));
  }
}
