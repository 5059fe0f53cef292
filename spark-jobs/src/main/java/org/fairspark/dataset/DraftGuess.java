package org.fairspark.dataset;

import java.util.List;

/**
 * A guess of what an image is, for a table to be filled in.
 *
 * @param split empty if it is not known
 * @param defect kind of defect, or good, or empty if it is not known
 * @param masks names of its masks
 * @param date that its folders are called after, or empty
 */
record DraftGuess(String category, String split, String defect, List<String> masks, String date) {

  static DraftGuess of(ImageEntry entry) {
    return new DraftGuess(
        entry.category(),
        entry.split().label(),
        entry.defect(),
        names(entry),
        entry.annotations().condition());
  }

  static List<String> names(ImageEntry entry) {
    return entry.masks().stream().map(ImageEntry.MaskFile::name).toList();
  }
}
