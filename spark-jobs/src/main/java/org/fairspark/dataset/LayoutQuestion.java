package org.fairspark.dataset;

import java.util.List;

/**
 * A question that a layout cannot answer from names: it is put to the user, with the tree that was
 * seen, before anything is read.
 */
final class LayoutQuestion extends RuntimeException {
  private final String remedy;

  /**
   * Makes a question.
   *
   * @param found what is not clear, in one sentence
   * @param remedy what to change so that it is
   */
  LayoutQuestion(String found, String remedy) {
    super(found);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }

  /** Asks about files that may be masks, if there are any. */
  static void about(String category, List<BesideMasks.Pair> pairs) {
    if (pairs.isEmpty()) {
      return;
    }
    BesideMasks.Pair first = pairs.get(0);
    throw new LayoutQuestion(
        "%s: %d file(s) may be masks of the images beside them, or images themselves, such as %s beside %s"
            .formatted(category, pairs.size(), first.other().name(), first.image().name()),
        "move masks to %s/masks/DEFECT/NAME.png or call them NAME_mask.png; move copies of images elsewhere"
            .formatted(category));
  }
}
