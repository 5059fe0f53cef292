package org.fairspark.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.security.AccessControlException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy of retrying transient failures of a file system. A file that is gone or closed to this
 * user is not tried again.
 *
 * @param attempts how often to try, at least once
 * @param firstWaitMillis wait before the second attempt; it doubles with each
 */
public record RetryPolicy(int attempts, long firstWaitMillis) {
  private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);
  private static final long FIRST_WAIT_MILLIS = 200;

  /** Four attempts within 1.4 seconds of waiting. */
  public static final RetryPolicy DEFAULT = RetryPolicy.of(4);

  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
    }
  }

  /** Returns the policy of that many attempts, the second after 200 ms. */
  public static RetryPolicy of(int attempts) {
    return new RetryPolicy(attempts, FIRST_WAIT_MILLIS);
  }

  /**
   * An operation that a file system may transiently fail to do.
   *
   * @param <T> type of the result
   */
  public interface Attempt<T> {
    T run() throws IOException;
  }

  /**
   * Runs an attempt, and retries transient failures of the file system.
   *
   * @param what completes the log line "attempt 1 to ... failed"
   * @throws IOException the failure of the last attempt, or one that trying again would not help
   */
  public <T> T call(String what, Attempt<T> attempt) throws IOException {
    for (int number = 1; ; number++) {
      IOException failure;
      try {
        return attempt.run();
      } catch (UncheckedIOException e) {
        failure = e.getCause();
      } catch (IOException e) {
        failure = e;
      }
      if (isLasting(failure)) {
        throw failure;
      }
      if (number == attempts) {
        throw new IOException(
            "tried %d times: %s".formatted(attempts, failure.getMessage()), failure);
      }
      LOG.info("attempt {} to {} failed, trying again", number, what, failure);
      pause(firstWaitMillis << (number - 1));
    }
  }

  private static boolean isLasting(IOException failure) {
    // A socket's timeout is an InterruptedIOException too, but this thread was not interrupted.
    return failure instanceof FileNotFoundException
        || failure instanceof AccessControlException
        || failure instanceof AccessDeniedException
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException));
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted between attempts");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
