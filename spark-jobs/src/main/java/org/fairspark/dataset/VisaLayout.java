package org.fairspark.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fairspark.dataset.ImageEntry.MaskFile;
import org.fairspark.failure.FairException;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * VisA as it is distributed: {@code CATEGORY/Data/Images/Normal|Anomaly}, {@code
 * CATEGORY/Data/Masks/Anomaly}, and the one-class split in a table of its own; or as its authors'
 * script reorganises it, which is {@link MvtecLayout}, below {@code 1cls} or at the root. The only
 * kind of defect is {@code bad}.
 *
 * @param files reads the table
 */
record VisaLayout(DatasetFiles files) implements Layout {
  /** The folder of the categories in a reorganised data set. */
  static final String REORGANISED = "1cls";

  /** Returns whether a tree holds the data set as it is distributed. */
  @Override
  public boolean fits(FileTree tree) {
    return tree.foldersIn("").stream().anyMatch(c -> tree.hasFolder(c + "/Data/Images"));
  }

  @Override
  public String expected() {
    return "expected CATEGORY/Data/Images/Normal/*.JPG and " + VisaSplit.FILE;
  }

  @Override
  public Placement place(FileTree tree) {
    return fits(tree)
        ? place(tree, rows(tree.root() + "/" + VisaSplit.FILE))
        : new MvtecLayout(MvtecLayout.fits(tree, REORGANISED) ? REORGANISED : "", files)
            .place(tree);
  }

  private List<VisaSplit.Row> rows(String file) {
    try {
      return VisaSplit.parse(files.text(VisaSplit.FILE), file);
    } catch (FileNotFoundException e) {
      throw FairException.refused(
          "VisA's table of training and test images is missing",
          file,
          "copy split_csv/ from the data set's archive, or use data.layout = folder",
          e);
    } catch (IOException e) {
      throw FairException.refused(
          "VisA's table of images cannot be read: " + e.getMessage(),
          file,
          "check that this user may read the file",
          e);
    }
  }

  private Placement place(FileTree tree, List<VisaSplit.Row> rows) {
    Map<String, FileItem> listed = new HashMap<>();
    Map<String, FileItem> inLowerCase = new HashMap<>();
    for (FileItem file : tree.files()) {
      listed.put(file.name(), file);
      inLowerCase.put(file.name().toLowerCase(Locale.ROOT), file);
    }
    SortedSet<String> present = new TreeSet<>(tree.foldersIn(""));
    present.removeIf(category -> !tree.hasFolder(category + "/Data/Images"));
    Placement.Builder placement = new Placement.Builder();
    placement.table(VisaSplit.FILE);
    Map<String, Integer> missing = new TreeMap<>();
    Map<String, Integer> twice = new TreeMap<>();
    Set<String> named = new HashSet<>();
    List<FileItem> masksOfGood = new ArrayList<>();
    GoodMasks ofGood = new GoodMasks();
    for (VisaSplit.Row row : rows) {
      if (!present.contains(row.category())) {
        continue;
      }
      // A path of the table that leads elsewhere than below the root matches no listed file.
      FileItem image = find(row.image(), listed, inLowerCase);
      if (image == null) {
        missing.merge(row.category(), 1, Integer::sum);
        continue;
      }
      if (!named.add(image.name())) {
        twice.merge(row.category(), 1, Integer::sum);
        continue;
      }
      FileItem mask = row.mask().isEmpty() ? null : find(row.mask(), listed, inLowerCase);
      ImageEntry entry =
          ImageEntry.of(
              tree.root(),
              image,
              row.category(),
              row.split(),
              row.normal() ? PathNames.GOOD : PathNames.BAD,
              row.normal() ? null : mask);
      placement.image(entry);
      if (mask != null && row.normal()) {
        masksOfGood.add(mask);
        ofGood.addOfRow(entry, List.of(MaskFile.of(tree.root(), mask)));
      }
    }
    leaveMasks(tree, placement);
    masksOfGood.forEach(mask -> placement.leave(mask, Omission.MASK_OF_GOOD));
    ofGood.judge(files, placement);
    missing.forEach(
        (category, count) ->
            placement.note(
                "%s: %d image(s) named in split_csv/1cls.csv are not there"
                    .formatted(category, count)));
    twice.forEach(
        (category, count) ->
            placement.note(
                "%s: %d row(s) of split_csv/1cls.csv name an image a second time, in other letters;"
                        .formatted(category, count)
                    + " the first row counts"));
    return placement.build().settled();
  }

  /** Returns a file, also where copying has changed {@code .JPG} to {@code .jpg}. */
  private static FileItem find(
      String name, Map<String, FileItem> listed, Map<String, FileItem> inLowerCase) {
    FileItem exact = listed.get(name);
    return exact != null ? exact : inLowerCase.get(name.toLowerCase(Locale.ROOT));
  }

  /** Leaves out the masks that the table does not name; images are outside the layout then. */
  private static void leaveMasks(FileTree tree, Placement.Builder placement) {
    for (FileItem file : tree.files()) {
      if (file.name().contains("/Data/Masks/")) {
        placement.leave(file, Omission.MASK_WITHOUT_IMAGE);
      }
    }
  }
}
