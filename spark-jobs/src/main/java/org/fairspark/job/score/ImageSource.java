package org.fairspark.job.score;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.archive.ArchiveReader;
import org.fairspark.archive.ImageItem;
import org.fairspark.files.RetryPolicy;
import org.fairspark.files.WholeFileReader;

/**
 * A source of images from files and archives, which reads again where a file system fails in
 * passing.
 */
final class ImageSource implements AutoCloseable {
  private final WholeFileReader files;
  private final ArchiveReader archives;

  ImageSource(Configuration hadoop, int attempts) {
    this.files = new WholeFileReader(hadoop, RetryPolicy.of(attempts));
    this.archives = new ArchiveReader(hadoop);
  }

  /**
   * Reads an image's file or member.
   *
   * @throws org.fairspark.failure.UnreadableFileException if reading again would not help
   * @throws org.fairspark.failure.FairException if the file system fails again and again
   */
  byte[] read(ImageItem image) {
    try {
      if (image.kind() == ArchiveKind.FILE) {
        return files.read(image.file(), image.length());
      }
      return files.withRetries(image.file(), () -> archives.read(image, WholeFileReader.MAX_BYTES));
    } catch (IOException e) {
      throw WholeFileReader.failure(image.path(), e);
    }
  }

  @Override
  public void close() throws IOException {
    archives.close();
  }
}
