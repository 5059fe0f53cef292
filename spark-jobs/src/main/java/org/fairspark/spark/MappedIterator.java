package org.fairspark.spark;

import java.util.Iterator;
import java.util.function.Function;

/**
 * What a function makes of the elements of an iterator, one at a time and when it is asked for, as
 * tasks hand on rows.
 *
 * @param from what it is made of
 * @param map called once for each element
 */
public record MappedIterator<A, B>(Iterator<A> from, Function<? super A, ? extends B> map)
    implements Iterator<B> {
  @Override
  public boolean hasNext() {
    return from.hasNext();
  }

  @Override
  public B next() {
    return map.apply(from.next());
  }
}
