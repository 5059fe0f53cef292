package org.fairspark.job.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.fairspark.dataset.ImageEntry;
import org.fairspark.detect.Frame;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.ImageFiles;
import org.fairspark.files.WholeFileReader;
import org.fairspark.image.ImageSize;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.image.codec.DecodedImage;
import org.fairspark.metrics.DefectArea;
import org.fairspark.spark.LogContext;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.QuarantineTable.BadFile;
import org.fairspark.text.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step from a listed image to its row: reads, decodes and resizes the image and its mask, each
 * once. A pure function of the files' bytes; one instance serves one thread.
 *
 * <p>Images are turned upright by their EXIF orientation. A mask without one of its own is taken as
 * drawn on the upright image, unless it has the size of the image as stored alone; then it is
 * turned too. A mask that cannot be used costs the image its pixel metrics, not its place.
 */
final class DecodeTask {
  private static final Logger LOG = LoggerFactory.getLogger(DecodeTask.class);

  /** Most pixels by which a mask's side may differ from its image's. */
  private static final int RESIZED_MASK = 2;

  private final WholeFileReader files;
  private final DecodeLimits limits;
  private final MaskCoding coding;
  private final Frame frame;
  private final Map<String, BitDepth> depths;

  /**
   * Makes a task.
   *
   * @param frame that says in which size images are kept
   * @param depths of 16-bit samples by category; by what a file says where there is none, but for
   *     files with negative samples, which are left out then
   */
  DecodeTask(
      WholeFileReader files,
      DecodeLimits limits,
      MaskCoding coding,
      Frame frame,
      Map<String, BitDepth> depths) {
    this.files = files;
    this.limits = limits;
    this.coding = coding;
    this.frame = frame;
    this.depths = depths;
  }

  /**
   * The outcome for an image.
   *
   * @param row null if the image could not be used
   * @param facts about it, null if nothing is known
   * @param bad the fault of its file or its mask's, null if there is none
   */
  record Outcome(ImagesTable.Image row, ImageFacts facts, BadFile bad) {}

  /**
   * Decodes one image.
   *
   * @throws IOException if the file system fails again and again
   */
  Outcome decode(ImageEntry entry) throws IOException {
    LogContext.image(entry.category(), entry.imageId());
    BitDepth depth = depths.getOrDefault(entry.category(), BitDepth.OF_FILE.seekingOffset());
    DecodedImage image;
    String hash;
    ImageFacts facts = null;
    try {
      byte[] file = files.read(entry.path(), entry.length());
      image = ImageFiles.read(file, limits, depth, frame::needed);
      if (depth.isSeekingOffset() && image.samples().smallest() < 0) {
        facts = ImageFacts.ofSamples(entry, image.samples());
        // Says why the file cannot be used, if no training image of its category gives an offset.
        image = ImageFiles.read(file, limits, BitDepth.OF_FILE);
      }
      hash = Sha256.hex(file);
    } catch (UnreadableFileException e) {
      BadFile bad = bad(entry, entry.path(), entry.length(), e.reason(), e.getMessage());
      return new Outcome(null, facts, bad);
    }
    Set<DataNote> notes = EnumSet.noneOf(DataNote.class);
    note(notes, DataNote.SEVERAL_PAGES, image.pages() > 1);
    note(notes, DataNote.TURNED, image.isTurned());
    note(notes, DataNote.BEYOND_BIT_DEPTH, image.clipped());
    note(
        notes,
        DataNote.BELOW_SAMPLE_OFFSET,
        -image.samples().smallest() > Math.max(0, depth.offset()));
    PixelImage mask = null;
    List<DefectArea> areas = new ArrayList<>();
    BadFile badMask = null;
    if (entry.label() == 1) {
      for (ImageEntry.MaskFile part : entry.masks()) {
        try {
          Part found = mask(part, entry.maskBackground(), image, notes);
          area(found, entry).ifPresent(areas::add);
          mask = mask == null ? found.pixels() : joined(mask, found.pixels());
        } catch (UnreadableFileException e) {
          String subject = e.reason() == Reason.MASK_SIZE ? "" : "mask: ";
          badMask = bad(entry, part.path(), part.length(), e.reason(), subject + e.getMessage());
        }
      }
    }
    if (badMask != null) {
      // What other masks of the image show is not all of its defect.
      mask = null;
      areas.clear();
      notes.add(DataNote.MASK_LEFT_OUT);
    }
    PixelImage resized = frame.keep(image.cells());
    return new Outcome(
        row(
            entry,
            image.size(),
            resized,
            mask,
            // Of a defect whose saturation is not known no share can be told of the others.
            areas.size() == entry.masks().size() ? areas : List.of(),
            hash),
        ImageFacts.of(entry, image.samples(), hash, resized, notes),
        badMask);
  }

  /**
   * Reads a mask, and fits it to its image.
   *
   * @throws UnreadableFileException if it cannot be used
   */
  private Part mask(
      ImageEntry.MaskFile part, OptionalInt background, DecodedImage image, Set<DataNote> notes)
      throws IOException {
    byte[] bytes = files.read(part.path(), part.length());
    DecodedImage file =
        background.isPresent()
            ? ImageFiles.read(bytes, limits, BitDepth.OF_FILE)
            : ImageFiles.readMask(bytes, limits);
    int value = background.isPresent() ? 0 : highest(file.pixels());
    MaskCoding.Normalized coded =
        background.isPresent()
            ? MaskCoding.unlike(background.getAsInt(), file.pixels())
            : coding.normalize(file);
    note(notes, DataNote.MASK_TWO_VALUES, coded.twoValues());
    note(notes, DataNote.MASK_WITHOUT_WHITE, coded.withoutWhite());
    note(notes, DataNote.MASK_COVERS_HALF, coded.coversHalf());
    PixelImage mask = coded.pixels();
    if (image.isTurned() && !file.isTurned()) {
      boolean fits = fits(mask, image.size());
      PixelImage turned = image.turn(mask);
      note(notes, DataNote.TURNED_BESIDE_MASK, fits);
      note(notes, DataNote.MASK_TURNED, !fits && fits(turned, image.size()));
      mask = fits ? mask : turned;
    }
    if (!fits(mask, image.size())) {
      throw new UnreadableFileException(
          Reason.MASK_SIZE,
          "the mask has %d x %d pixels, its image %d x %d"
              .formatted(
                  file.pixels().width(),
                  file.pixels().height(),
                  image.size().width(),
                  image.size().height()),
          null);
    }
    note(notes, DataNote.MASK_RESIZED, !mask.size().equals(image.size()));
    return new Part(nearest(mask, image.size().height(), image.size().width()), value);
  }

  /**
   * A mask's file.
   *
   * @param pixels 255 where it is anomalous
   * @param value the highest value in the file
   */
  private record Part(PixelImage pixels, int value) {}

  private static int highest(PixelImage mask) {
    int highest = 0;
    for (byte value : mask.pixels()) {
      highest = Math.max(highest, value & 0xFF);
    }
    return highest;
  }

  /** Returns the defect of a mask's file at the size of the result, if its saturation is known. */
  private Optional<DefectArea> area(Part part, ImageEntry entry) {
    long pixels = 0;
    for (byte value : part.pixels().pixels()) {
      pixels += value == 0 ? 0 : 1;
    }
    long defect = Math.max(1, pixels);
    return Saturation.of(entry.annotations().others(), part.value())
        .map(
            saturation ->
                new DefectArea(frame.keepMask(part.pixels()).pixels(), saturation.share(defect)));
  }

  /** Resizes by a pixel or two without making values that the mask does not have. */
  private static PixelImage nearest(PixelImage mask, int height, int width) {
    if (mask.height() == height && mask.width() == width) {
      return mask;
    }
    byte[] values = new byte[height * width];
    for (int y = 0, i = 0; y < height; y++) {
      int row = (2 * y + 1) * mask.height() / (2 * height);
      for (int x = 0; x < width; x++, i++) {
        int column = (2 * x + 1) * mask.width() / (2 * width);
        values[i] = mask.pixels()[row * mask.width() + column];
      }
    }
    return new PixelImage(1, height, width, values);
  }

  /** Returns a mask that is anomalous where one of two is; may change and return the first. */
  private static PixelImage joined(PixelImage mask, PixelImage other) {
    byte[] values = mask.pixels();
    byte[] others = other.pixels();
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.max(values[i] & 0xFF, others[i] & 0xFF);
    }
    return mask;
  }

  private static boolean fits(PixelImage mask, ImageSize image) {
    return Math.abs(mask.height() - image.height()) <= RESIZED_MASK
        && Math.abs(mask.width() - image.width()) <= RESIZED_MASK;
  }

  private static void note(Set<DataNote> notes, DataNote note, boolean holds) {
    if (holds) {
      notes.add(note);
    }
  }

  private ImagesTable.Image row(
      ImageEntry entry,
      ImageSize size,
      PixelImage resized,
      PixelImage mask,
      List<DefectArea> areas,
      String hash) {
    PixelImage kept = mask == null ? null : frame.keepMask(mask);
    boolean sameSize = size.equals(resized.size());
    return new ImagesTable.Image(
        new ImagesTable.SourceFile(
            entry.imageId(),
            entry.path(),
            size.height(),
            size.width(),
            entry.length(),
            entry.modificationTime(),
            hash),
        new ImagesTable.Place(
            entry.category(), entry.split().label(), entry.defect(), entry.label()),
        resized,
        new ImagesTable.Truth(
            kept, mask == null ? null : entry.maskPaths(), areas, sameSize ? null : mask),
        entry.annotations());
  }

  private static BadFile bad(
      ImageEntry entry, String path, long length, Reason reason, String message) {
    LOG.info("quarantined, {}: {} ({})", reason, message, path);
    return new BadFile(
        path, entry.imageId(), entry.category(), entry.split().label(), length, reason, message);
  }
}
