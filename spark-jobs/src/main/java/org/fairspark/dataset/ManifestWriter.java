package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.dataset.ImageEntry.MaskFile;
import org.fairspark.dataset.manifest.ManifestColumn;
import org.fairspark.dataset.manifest.MaskNames;
import org.fairspark.text.CsvCells;

/**
 * A writer of the table that {@link ManifestLayout} reads: CSV with a line for each listed image.
 * Read again beside the same data root it gives the same listing.
 */
public final class ManifestWriter {
  /** The columns that are always written; a kind of defect says all that a label does. */
  private static final List<ManifestColumn> COLUMNS =
      List.of(
          ManifestColumn.PATH,
          ManifestColumn.CATEGORY,
          ManifestColumn.SPLIT,
          ManifestColumn.DEFECT,
          ManifestColumn.MASK,
          ManifestColumn.GROUP,
          ManifestColumn.VIEW,
          ManifestColumn.CONDITION);

  /** The columns of a table to be filled in: with a label, no word means no knowledge. */
  private static final List<ManifestColumn> DRAFT =
      List.of(
          ManifestColumn.PATH,
          ManifestColumn.CATEGORY,
          ManifestColumn.SPLIT,
          ManifestColumn.LABEL,
          ManifestColumn.DEFECT,
          ManifestColumn.MASK,
          ManifestColumn.CONDITION);

  private ManifestWriter() {}

  /** Returns the lines of the table, the names of the columns first. */
  public static List<String> lines(ImageListing listing) {
    SortedSet<String> others = new TreeSet<>();
    listing.entries().forEach(e -> others.addAll(e.annotations().others().keySet()));
    List<String> names = new ArrayList<>(COLUMNS.stream().map(ManifestColumn::title).toList());
    names.addAll(others);
    List<String> lines = new ArrayList<>();
    lines.add(line(names));
    listing.entries().forEach(e -> lines.add(line(cells(e, others))));
    return lines;
  }

  /**
   * Returns the names of the columns of a table to be filled in.
   *
   * @param dated whether folders are called after dates, so that there is a column for them
   */
  static String draftTitles(boolean dated) {
    return line(dated(DRAFT.stream().map(ManifestColumn::title).toList(), dated));
  }

  /** Returns the line of an image in a table to be filled in, as {@link #draftTitles}. */
  static String draftLine(FileItem file, DraftGuess guess, boolean dated) {
    List<String> cells =
        List.of(
            file.name(),
            guess.category(),
            guess.split(),
            "",
            guess.defect(),
            MaskNames.cell(guess.masks()),
            guess.date());
    return line(dated(cells, dated));
  }

  private static List<String> dated(List<String> cells, boolean dated) {
    return dated ? cells : cells.subList(0, cells.size() - 1);
  }

  private static List<String> cells(ImageEntry entry, SortedSet<String> others) {
    Annotations annotations = entry.annotations();
    List<String> cells = new ArrayList<>();
    cells.add(entry.imageId());
    cells.add(entry.category());
    cells.add(entry.split().label());
    cells.add(entry.defect());
    cells.add(MaskNames.cell(entry.masks().stream().map(MaskFile::name).toList()));
    cells.add(annotations.group());
    cells.add(annotations.view());
    cells.add(annotations.condition());
    others.forEach(name -> cells.add(annotations.others().getOrDefault(name, "")));
    return cells;
  }

  private static String line(List<String> cells) {
    return String.join(",", cells.stream().map(CsvCells::quoted).toList());
  }
}
