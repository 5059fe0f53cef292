package org.fairspark.files;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.fairspark.failure.FairException;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;

/**
 * A reader of whole files, which retries transient failures of the file system: a fault of the
 * store is never taken for a bad image. A fault that stays is thrown, so that Spark tries the task
 * elsewhere.
 */
public final class WholeFileReader {
  /**
   * The size above which files are not read, so that no single file exhausts an executor's memory.
   */
  public static final long MAX_BYTES = 512L << 20;

  private final Configuration hadoop;
  private final RetryPolicy retries;

  public WholeFileReader(Configuration hadoop) {
    this(hadoop, RetryPolicy.DEFAULT);
  }

  public WholeFileReader(Configuration hadoop, RetryPolicy retries) {
    this.hadoop = hadoop;
    this.retries = retries;
  }

  /**
   * Reads a file.
   *
   * @param expected bytes that the listing gave
   * @return all its bytes, also if they have become more or fewer since
   * @throws UnreadableFileException if the file is gone, closed to this user, or too large
   * @throws IOException if the file system fails again and again
   */
  public byte[] read(String path, long expected) throws IOException {
    if (expected > MAX_BYTES) {
      throw new UnreadableFileException(
          Reason.TOO_LARGE,
          "the file has %d bytes, more than the limit of %d".formatted(expected, MAX_BYTES),
          null);
    }
    return withRetries(path, () -> readOnce(path, (int) expected));
  }

  /**
   * Reads something of a file and retries transient failures of the file system.
   *
   * @throws UnreadableFileException if the file is gone or closed to this user, or the reading says
   *     so itself
   * @throws IOException if the file system fails again and again
   */
  public <T> T withRetries(String path, RetryPolicy.Attempt<T> reading) throws IOException {
    try {
      return retries.call("read " + path, reading);
    } catch (FileNotFoundException e) {
      if (isClosed(e)) {
        throw closed(e);
      }
      throw new UnreadableFileException(Reason.GONE, "the file was there when listed, not now", e);
    } catch (AccessControlException | AccessDeniedException e) {
      throw closed(e);
    }
  }

  /** The JDK calls a local file that this user may not open "not found", with this addition. */
  private static boolean isClosed(FileNotFoundException e) {
    return e.getMessage() != null && e.getMessage().endsWith("(Permission denied)");
  }

  private static UnreadableFileException closed(IOException cause) {
    return new UnreadableFileException(Reason.NO_ACCESS, "this user may not read the file", cause);
  }

  /** Returns the failure that the user sees when a file system goes on failing. */
  public static FairException failure(String path, IOException cause) {
    return FairException.failed(
        "a file cannot be read: " + cause.getMessage(),
        path,
        "see whether its store can be reached, then run this command again: nothing is lost",
        cause);
  }

  private byte[] readOnce(String location, int expected) throws IOException {
    Path path = new Path(location);
    try (FSDataInputStream in = RawFiles.open(hadoop, path)) {
      byte[] bytes = new byte[expected];
      int read = in.readNBytes(bytes, 0, expected);
      if (read < expected) {
        return Arrays.copyOf(bytes, read);
      }
      byte[] more = in.readNBytes((int) (MAX_BYTES - expected + 1));
      if (more.length == 0) {
        return bytes;
      }
      if (expected + more.length > MAX_BYTES) {
        throw new EOFException("the file grows while it is read");
      }
      byte[] all = Arrays.copyOf(bytes, expected + more.length);
      System.arraycopy(more, 0, all, expected, more.length);
      return all;
    }
  }
}
