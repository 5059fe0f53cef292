package org.fairspark.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * An iterator that makes its elements one at a time, when they are asked for, and closes what it
 * reads at the end or when it fails. Failures of a file system are thrown as {@link
 * UncheckedIOException}. Not thread-safe.
 *
 * @param <T> type of the elements, which are not null
 */
public abstract class AbstractIterator<T> implements Iterator<T>, Closeable {
  private T next;
  private boolean ended;

  /** Makes the next element; null at the end, after which it is not called again. */
  protected abstract T computeNext() throws IOException;

  /** Closes what the elements are read from; by default there is nothing to close. */
  @Override
  public void close() throws IOException {}

  @Override
  public final boolean hasNext() {
    if (next == null && !ended) {
      try {
        next = computeNext();
        if (next == null) {
          ended = true;
          close();
        }
      } catch (IOException e) {
        throw closedAfter(new UncheckedIOException(e));
      } catch (RuntimeException e) {
        throw closedAfter(e);
      }
    }
    return next != null;
  }

  private RuntimeException closedAfter(RuntimeException failure) {
    if (!ended) {
      ended = true;
      try {
        close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  @Override
  public final T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T element = next;
    next = null;
    return element;
  }
}
