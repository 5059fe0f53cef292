package org.fairspark.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listing that goes on where it was when its file system fails in passing: it is opened again,
 * and what was given out before is skipped.
 */
public final class RetryingIterator<T> implements Iterator<T> {
  private static final Logger LOG = LoggerFactory.getLogger(RetryingIterator.class);
  private static final long FIRST_WAIT_MILLIS = 200;

  /** Begins the listing. */
  public interface Opening<T> {
    Iterator<T> open() throws IOException;
  }

  private final Opening<T> opening;
  private final int attempts;
  private Iterator<T> listing;
  private long given;

  public RetryingIterator(Opening<T> opening, int attempts) {
    this.opening = opening;
    this.attempts = attempts;
  }

  @Override
  public boolean hasNext() {
    for (int attempt = 1; ; attempt++) {
      try {
        if (listing == null) {
          Iterator<T> opened = opening.open();
          for (long i = 0; i < given && opened.hasNext(); i++) {
            opened.next();
          }
          listing = opened;
        }
        return listing.hasNext();
      } catch (IOException | UncheckedIOException e) {
        IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
        listing = null;
        if (attempt >= attempts) {
          throw new UncheckedIOException(
              new IOException("tried %d times: %s".formatted(attempts, cause.getMessage()), cause));
        }
        LOG.info("attempt {} to list failed, trying again", attempt, cause);
        pause(FIRST_WAIT_MILLIS << (attempt - 1));
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between attempts", e);
    }
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    given++;
    return listing.next();
  }
}
