package org.fairspark.dataset;

import java.util.stream.Collectors;

/**
 * The questions that a layout cannot answer from names: they are put to the user, with the tree
 * that was seen, before anything is read.
 */
final class LayoutQuestion extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Placement placement;

  /**
   * Makes the questions of a placement.
   *
   * @param placement what is clear, and the questions, of which there is one at least
   */
  LayoutQuestion(Placement placement) {
    super(
        placement.questions().stream()
            .map(Placement.Question::found)
            .collect(Collectors.joining("\n")));
    this.placement = placement;
  }

  /** Returns what is clear. */
  Placement placement() {
    return placement;
  }

  /** Returns what to change so that the rest is. */
  String remedy() {
    return placement.questions().stream()
        .map(Placement.Question::remedy)
        .distinct()
        .collect(Collectors.joining("; "));
  }
}
