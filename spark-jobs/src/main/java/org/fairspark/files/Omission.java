package org.fairspark.files;

/** The reasons why a file below a root is not used, each in words that follow a number of files. */
public enum Omission {
  HIDDEN("hidden: the name, or a folder's above it, begins with a dot"),
  SYSTEM("left by an operating system or a storage device: thumbnails, recycle bins"),
  SNAPSHOT("snapshots that a storage device keeps, not looked into"),
  NOT_AN_IMAGE("no kind of image by the name"),
  ARCHIVE(
      "archives: unpack them; score alone looks into tar, zip and .seq files, and not into archives"
          + " inside them"),
  UNREAD_KIND("images of a kind that is not read here"),
  UNREAD_TWIN("of a kind that is not read here, beside an image of the same name"),
  OUTSIDE_LAYOUT("in no place where the layout expects files"),
  NOT_IN_TABLE("images that the table of images does not name"),
  DEFECT_IN_TRAINING(
      "training images with a defect, and their masks: only good ones are trained on"),
  NO_LABEL("test images of which nobody says whether they are good: score scores them"),
  BEYOND_MAX_TRAINING("training images beyond data.max-training-images"),
  NOT_ASKED_FOR("in a category that data.categories does not name"),
  MASK_WITHOUT_IMAGE("masks that belong to no image"),
  IN_MASKS_FOLDER("in a folder called ground_truth or masks: not pictures of parts"),
  MASK_OF_GOOD("masks of good images, which need none"),
  MARKED_MASK_OF_GOOD("masks that are not black, of images that are taken as good"),
  SECOND_MASK("further masks of an image that has one"),
  LINK_OUTSIDE("symbolic links that lead out of the root or in a circle: copy what they lead to"),
  LINK_IN_ARCHIVE("links inside archives: pack what they lead to"),
  DEAD_LINK("symbolic links that lead nowhere"),
  NAME_NOT_UTF8("files whose names are not UTF-8: rename them, for example with convmv"),
  NOT_A_FILE("neither files nor folders: pipes, sockets, devices"),
  NO_ACCESS("closed to this user: give it the right to read them");

  private final String words;

  Omission(String words) {
    this.words = words;
  }

  /** Returns the reason in words, such as "no kind of image by the name". */
  public String words() {
    return words;
  }
}
