package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairspark.files.Omission;
import org.fairspark.files.Omissions;

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
   * @param files reads the masks of images of which no folder says what they show
   */
  static DraftTable of(FileTree tree, Placement placement, Set<String> chosen, DatasetFiles files) {
    DraftGuesses guesses = new DraftGuesses(tree, placement, files);
    boolean dated = guesses.areDated();
    List<String> lines = new ArrayList<>(List.of(ManifestWriter.draftTitles(dated)));
    Omissions.Counter left = new Omissions.Counter();
    left.all(tree.left());
    Map<String, Omission> reasons = new HashMap<>(placement.left());
    reasons.keySet().removeAll(placement.inQuestion());
    Set<String> masks = guesses.masks();
    Set<String> usedMasks = new HashSet<>();
    int open = 0;
    for (FileItem file : tree.files()) {
      if (masks.contains(file.name())) {
        continue;
      }
      DraftGuess guess = guesses.of(file);
      Omission why = reasons.get(file.name());
      if (!chosen.isEmpty() && !chosen.contains(guess.category())) {
        left.file(Omission.NOT_ASKED_FOR, file.name());
      } else if (why != null) {
        left.file(why, file.name());
      } else {
        open += guess.defect().isEmpty() ? 1 : 0;
        usedMasks.addAll(guess.masks());
        lines.add(ManifestWriter.draftLine(file, guess, dated));
      }
    }
    masks.stream()
        .filter(mask -> !usedMasks.contains(mask))
        .forEach(
            mask ->
                left.file(
                    guesses.isOfGood(mask) ? Omission.MASK_OF_GOOD : Omission.NOT_ASKED_FOR, mask));
    return new DraftTable(
        tree.root(),
        lines,
        new FileAccount(lines.size() - 1L, usedMasks.size(), 0, left.sum()),
        open,
        guesses.notes());
  }
}
