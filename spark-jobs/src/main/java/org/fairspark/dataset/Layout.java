package org.fairspark.dataset;

import java.io.IOException;
import org.fairspark.config.DataLayout;

/**
 * A way to arrange the images of a data set in folders: reads category, split, kind of defect and
 * mask from names, and opens no image.
 */
interface Layout {

  /** A reader of text files that a data set holds beside its images. */
  interface TextFiles {
    /**
     * Returns the text of a file.
     *
     * @param name path relative to the data root
     */
    String read(String name) throws IOException;
  }

  /** Returns the layout of a name: the one place where all layouts are listed. */
  static Layout of(DataLayout name, TextFiles texts) {
    return switch (name) {
      case MVTEC -> new MvtecLayout("");
      case VISA -> new VisaLayout(texts);
      case FOLDER -> new FolderLayout();
    };
  }

  /** Finds category, split, defect and mask of every image, and why other files are left out. */
  Placement place(FileTree tree);

  /** Returns whether a tree looks like this layout; no file is read. */
  default boolean fits(FileTree tree) {
    return !place(tree).entries().isEmpty();
  }

  /** Returns the folders that this layout expects, as text for messages. */
  String expected();
}
