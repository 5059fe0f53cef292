package org.fairspark.job.prepare;

/** Something that holds of many images of a category, and that their user must know. */
enum DataNote {
  /** Of several pages of a file one was taken. */
  SEVERAL_PAGES("%d file(s) have several pages; the first that is no thumbnail or mask is used"),
  /** 16-bit samples are larger than the category's depth. */
  BEYOND_BIT_DEPTH(
      "%d image(s) have samples beyond the bit depth of the category, which became white; if that"
          + " is not meant, set image.bit-depth"),
  /** 16-bit samples are negative even with the category's offset. */
  BELOW_SAMPLE_OFFSET(
      "%d image(s) have samples below zero even with the offset of the category, which became"
          + " black; if that is not meant, set image.sample-offset"),
  /** An EXIF orientation turned the image. */
  TURNED("%d image(s) are turned upright by their EXIF orientation"),
  /** An EXIF orientation turned the image, and the mask has its size either way. */
  TURNED_BESIDE_MASK(
      "%d image(s) are turned upright by their EXIF orientation and their masks say nothing of it;"
          + " the masks are taken as drawn on the upright images"),
  /** An EXIF orientation turned the image, and the mask has the size of the stored one. */
  MASK_TURNED("%d mask(s) have the size of the image as stored and were turned upright with it"),
  /** The mask is a pixel or two larger or smaller than its image. */
  MASK_RESIZED("%d mask(s) are a pixel or two larger or smaller than their images; resized to fit"),
  /** The mask could not be used. */
  MASK_LEFT_OUT(
      "%d anomalous image(s) are used without their masks, which could not be used (see"
          + " quarantine/): they count for image metrics alone"),
  /** The mask has two values, of which the higher one became white. */
  MASK_TWO_VALUES(
      "%d mask(s) have two values that are not black and white, or are lossy; the higher was made"
          + " white, the lower black"),
  /** The mask has several levels and none of them is white. */
  MASK_WITHOUT_WHITE(
      "%d mask(s) have gray levels and no white; evaluation.mask-convention says which of them"
          + " count as anomalous (half or nonzero, where reference finds none)"),
  /** The mask covers more than half of its image. */
  MASK_COVERS_HALF(
      "the masks of %d image(s) cover more than half of them; if they are inverted, white must be"
          + " the defect"),
  /** A test image's bytes are a training image's. */
  TEST_IMAGE_IN_TRAINING("%d test image(s) are training images too, byte for byte"),
  /** A normal test image's picture is a training image's. */
  TEST_IMAGE_LIKE_TRAINING(
      "%d good test image(s) show the same picture as a training image, to all appearance, and say"
          + " little about new ones"),
  /** One picture makes up much of the training images. */
  TRAINING_REPEATS("%d training image(s) are one and the same picture"),
  /** Training images of one colour throughout. */
  TRAINING_OF_ONE_COLOUR("%d training image(s) show one colour throughout"),
  /** There is nothing to evaluate with. */
  NO_TEST_IMAGES("there are no test images: it is trained, and not evaluated");

  private final String text;

  DataNote(String text) {
    this.text = text;
  }

  /** Returns the note of so many images. */
  String of(long count) {
    return text.formatted(count);
  }
}
