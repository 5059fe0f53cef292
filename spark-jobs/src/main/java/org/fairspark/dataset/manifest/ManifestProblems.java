package org.fairspark.dataset.manifest;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.failure.FairException;

/** A collector of all that is wrong with a table of images, so that it is told at once. */
public final class ManifestProblems {
  private static final int SHOWN = 20;

  private final String file;
  private final List<String> first = new ArrayList<>();
  private long count;

  /** Makes an empty collector for a table. */
  public ManifestProblems(String file) {
    this.file = file;
  }

  /** Adds a problem of a cell. */
  public void add(ManifestRow row, ManifestColumn column, String problem) {
    add("%s, column %s: %s".formatted(row.place(), column.title(), problem));
  }

  /** Adds a problem that says its own place. */
  void add(String problem) {
    count++;
    if (first.size() < SHOWN) {
      first.add(problem);
    }
  }

  /**
   * Ends the reading of the table if anything is wrong with it.
   *
   * @throws FairException naming the first {@value #SHOWN} problems, and how many there are
   */
  public void requireNone() {
    if (count == 0) {
      return;
    }
    StringBuilder what = new StringBuilder();
    what.append(
        count == 1
            ? "the table of images has a problem"
            : "the table of images has " + count + " problems");
    first.forEach(problem -> what.append("\n  ").append(problem));
    if (count > first.size()) {
      what.append("\n  and ").append(count - first.size()).append(" more");
    }
    throw FairException.refused(
        what.toString(), file, "correct these cells; nothing was read or written yet");
  }
}
