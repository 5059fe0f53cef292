package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;
import org.fairspark.files.PathNames;

/**
 * A table of the images of a tree that is not understood, to be filled in. What the folders tell is
 * in its cells; an image of which they tell nothing has neither split nor label nor defect, so that
 * nothing is trained on before someone said that it is good.
 *
 * @param root the data root as an absolute URI
 * @param lines CSV, the names of the columns first
 * @param files account of all files below the root
 * @param open images of which the table does not say what they show
 * @param notes what the user should know, one sentence each
 */
public record DraftTable(
    String root, List<String> lines, FileAccount files, int open, List<String> notes) {

  public DraftTable {
    lines = List.copyOf(lines);
  }

  /** Returns the number of images in the table. */
  public int images() {
    return lines.size() - 1;
  }

  /**
   * Drafts a table.
   *
   * @param placement what folders tell by the rules of one's own folders, with open questions
   * @param chosen categories to take, or none for all
   */
  static DraftTable of(FileTree tree, Placement placement, Set<String> chosen) {
    Map<String, ImageEntry> known = new HashMap<>();
    Set<String> masks = new HashSet<>();
    Set<String> asked = placement.inQuestion();
    for (ImageEntry entry : placement.entries()) {
      if (!asked.contains(entry.imageId())) {
        known.put(entry.imageId(), entry);
        entry.masks().forEach(mask -> masks.add(mask.name()));
      }
    }
    Set<String> folders = new HashSet<>();
    tree.files().forEach(file -> folders.add(file.folder()));
    DateFolders dates = DateFolders.in(folders);
    boolean dated = !dates.isNone();
    List<String> lines = new ArrayList<>(List.of(ManifestWriter.draftTitles(dated)));
    Omissions.Counter left = new Omissions.Counter();
    left.all(tree.left());
    Set<String> usedMasks = new HashSet<>();
    int open = 0;
    for (FileItem file : tree.files()) {
      ImageEntry entry = known.get(file.name());
      Guess guess = entry == null ? Guess.of(tree, file, dates) : Guess.of(entry);
      Omission why = placement.left().get(file.name());
      if (masks.contains(file.name())) {
        continue;
      }
      if (!chosen.isEmpty() && !chosen.contains(guess.category())) {
        left.file(Omission.NOT_ASKED_FOR, file.name());
      } else if (why != null && !asked.contains(file.name())) {
        left.file(why, file.name());
      } else {
        open += guess.defect().isEmpty() ? 1 : 0;
        guess.masks().forEach(usedMasks::add);
        lines.add(ManifestWriter.draftLine(file, guess, dated));
      }
    }
    masks.stream()
        .filter(mask -> !usedMasks.contains(mask))
        .forEach(mask -> left.file(Omission.NOT_ASKED_FOR, mask));
    return new DraftTable(
        tree.root(),
        lines,
        new FileAccount(lines.size() - 1L, usedMasks.size(), 0, left.sum()),
        open,
        dates.note().stream().toList());
  }

  /**
   * A guess about an image.
   *
   * @param split empty if it is not known
   * @param defect kind of defect, or good, or empty if it is not known
   * @param date that its folders are called after, or empty
   */
  record Guess(String category, String split, String defect, List<String> masks, String date) {
    static Guess of(ImageEntry entry) {
      return new Guess(
          entry.category(),
          entry.split().label(),
          entry.defect(),
          entry.masks().stream().map(ImageEntry.MaskFile::name).toList(),
          entry.annotations().condition());
    }

    /**
     * Guesses by the folders that a file lies in, but for dates. The first names its category,
     * unless the root is one, or the folder holds images alone and may as well be a kind of defect.
     */
    static Guess of(FileTree tree, FileItem file, DateFolders dates) {
      String path = dates.without(file.folder());
      String[] folders = path.isEmpty() ? new String[0] : path.split("/", -1);
      boolean whole =
          tree.isOneCategory() || folders.length == 0 || PathNames.dividesCategory(folders[0]);
      boolean flat = !whole && tree.foldersIn(folders[0]).isEmpty();
      String category = whole || flat ? tree.rootName() : folders[0];
      String defect = "";
      boolean test = false;
      for (String folder : folders) {
        test |= PathNames.isTest(folder);
        if (PathNames.isGood(folder)) {
          defect = PathNames.GOOD;
        } else if (PathNames.isDefectWord(folder)) {
          defect = folder;
        }
      }
      // An image for training without a word would count as good.
      return new Guess(
          category, test ? Split.TEST.label() : "", defect, List.of(), dates.of(file.folder()));
    }
  }
}
