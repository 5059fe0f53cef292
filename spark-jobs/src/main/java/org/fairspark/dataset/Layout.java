package org.fairspark.dataset;

import java.util.List;

/** Reads meaning from the places of files. Looks at names only, never at a file. */
interface Layout {

  /** Finds category, split, defect and mask of every image. */
  Placement place(FileTree tree);

  /**
   * What a layout made of a tree.
   *
   * @param entries images that have their place
   * @param notes what a person should know, one sentence each
   */
  record Placement(List<ImageEntry> entries, List<String> notes) {}
}
