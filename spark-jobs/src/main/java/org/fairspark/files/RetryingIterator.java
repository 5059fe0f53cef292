package org.fairspark.files;

import java.io.IOException;
import java.util.Iterator;

/**
 * A listing that goes on where it was after a transient failure of its file system: it is opened
 * again, and the elements that were given out before are skipped.
 */
public final class RetryingIterator<T> extends AbstractIterator<T> {

  /** An action that begins the listing. */
  public interface Opening<T> {
    Iterator<T> open() throws IOException;
  }

  private final Opening<T> opening;
  private final RetryPolicy retries;
  private Iterator<T> listing;
  private long given;

  public RetryingIterator(Opening<T> opening, RetryPolicy retries) {
    this.opening = opening;
    this.retries = retries;
  }

  @Override
  protected T computeNext() throws IOException {
    T next = retries.call("list", this::attempt);
    given++;
    return next;
  }

  private T attempt() throws IOException {
    if (listing == null) {
      listing = opened();
    }
    Iterator<T> current = listing;
    // Opened anew next time, unless this attempt succeeds.
    listing = null;
    T next = current.hasNext() ? current.next() : null;
    listing = current;
    return next;
  }

  private Iterator<T> opened() throws IOException {
    Iterator<T> opened = opening.open();
    for (long i = 0; i < given && opened.hasNext(); i++) {
      opened.next();
    }
    return opened;
  }
}
