package org.fairspark.job.prepare;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.dataset.ImageEntry;

/** The division of a listing into the parts that tasks work on, before any byte is read. */
final class ImageChunks {
  /** Bytes that a task reads: enough to make scheduling it worth while. */
  static final long READ = 64L << 20;

  /** Bytes that a task writes: a file of a few row groups. */
  static final long WRITTEN = 64L << 20;

  /** Cost of opening a file, in bytes read, so that many small files count as work too. */
  private static final long OPENING = 64 << 10;

  private ImageChunks() {}

  /**
   * Cuts the list, in its order, into runs of about equal work.
   *
   * @param writtenBytes bytes of a row
   * @param parts how many runs to make at least, where there are images enough
   */
  static List<List<ImageEntry>> cut(List<ImageEntry> entries, long writtenBytes, int parts) {
    long cost = entries.stream().mapToLong(ImageChunks::cost).sum();
    long most = Math.max(1, Math.min(READ, cost / parts));
    long rows = Math.max(1, WRITTEN / writtenBytes);
    List<List<ImageEntry>> chunks = new ArrayList<>();
    List<ImageEntry> chunk = new ArrayList<>();
    long read = 0;
    for (ImageEntry entry : entries) {
      if (!chunk.isEmpty() && (read + cost(entry) > most || chunk.size() >= rows)) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        read = 0;
      }
      chunk.add(entry);
      read += cost(entry);
    }
    if (!chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunks;
  }

  private static long cost(ImageEntry entry) {
    return OPENING + entry.length();
  }
}
