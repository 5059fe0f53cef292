package org.fairspark.job.prepare;

import java.io.IOException;
import org.fairspark.dataset.ImageEntry;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.ImageFiles;
import org.fairspark.files.WholeFileReader;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.spark.LogContext;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.QuarantineTable.BadFile;
import org.fairspark.text.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step from a listed image to its row: reads, decodes and resizes the image and its mask, each
 * once. A pure function of the files' bytes; one instance serves one thread.
 */
final class DecodeTask {
  private static final Logger LOG = LoggerFactory.getLogger(DecodeTask.class);

  private final WholeFileReader files;
  private final DecodeLimits limits;
  private final MaskCoding coding;
  private final int size;

  /**
   * Makes a task.
   *
   * @param size height and width of the result, in pixels
   */
  DecodeTask(WholeFileReader files, DecodeLimits limits, MaskCoding coding, int size) {
    this.files = files;
    this.limits = limits;
    this.coding = coding;
    this.size = size;
  }

  /** An image's row, or the fault of its file or its mask's. */
  sealed interface Outcome {
    record Good(ImagesTable.Image image) implements Outcome {}

    record Bad(BadFile file) implements Outcome {}
  }

  /**
   * Decodes one image.
   *
   * @throws IOException if the file system fails again and again
   */
  Outcome decode(ImageEntry entry) throws IOException {
    LogContext.image(entry.category(), entry.imageId());
    String at = entry.path();
    long length = entry.length();
    String subject = "";
    try {
      byte[] file = files.read(at, length);
      PixelImage image = ImageFiles.decode(file, limits);
      String hash = Sha256.hex(file);
      PixelImage mask = null;
      if (entry.label() == 1) {
        for (ImageEntry.MaskFile part : entry.masks()) {
          at = part.path();
          length = part.length();
          subject = "mask: ";
          PixelImage found = ImageFiles.decodeMask(files.read(at, length), limits);
          if (found.height() != image.height() || found.width() != image.width()) {
            return bad(
                entry,
                at,
                length,
                Reason.MASK_SIZE,
                "the mask has %d x %d pixels, its image %d x %d"
                    .formatted(found.width(), found.height(), image.width(), image.height()));
          }
          found = coding.normalize(found);
          mask = mask == null ? found : joined(mask, found);
        }
      }
      mask = mask == null ? null : Resize.bilinear(mask, size, size);
      return new Outcome.Good(row(entry, image, mask, hash));
    } catch (UnreadableFileException e) {
      return bad(entry, at, length, e.reason(), subject + e.getMessage());
    }
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

  private ImagesTable.Image row(ImageEntry entry, PixelImage image, PixelImage mask, String hash) {
    return new ImagesTable.Image(
        entry.imageId(),
        entry.path(),
        entry.category(),
        entry.split().label(),
        entry.defect(),
        entry.label(),
        image.height(),
        image.width(),
        Resize.bilinear(image, size, size),
        mask,
        mask == null ? null : entry.maskPaths(),
        entry.length(),
        entry.modificationTime(),
        hash,
        entry.annotations());
  }

  private static Outcome bad(
      ImageEntry entry, String path, long length, Reason reason, String message) {
    LOG.info("quarantined, {}: {} ({})", reason, message, path);
    return new Outcome.Bad(
        new BadFile(
            path,
            entry.imageId(),
            entry.category(),
            entry.split().label(),
            length,
            reason,
            message));
  }
}
