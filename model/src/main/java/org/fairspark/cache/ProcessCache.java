package org.fairspark.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A cache that all threads of the process share; made once, as a constant of the class that uses
 * it. Thread-safe.
 *
 * <p>A value is either shared ({@link #get}), or lent to one user at a time ({@link #take}, {@link
 * #give}). It lives until newer values push it out of the cache's limit, the least recently used
 * first, or until {@link #closeAll}, which Spark's plugin calls when the executor or the driver
 * ends. A value that leaves the cache is closed if it is {@link AutoCloseable}; one that is lent
 * meanwhile is its user's.
 *
 * @param <K> the key: a record, or another type with value equality
 * @param <V> the value, not null
 */
public final class ProcessCache<K, V> {
  private static final List<ProcessCache<?, ?>> ALL = new CopyOnWriteArrayList<>();

  private final Limit<K, V> limit;

  /** The key that was asked for last comes last. */
  private final LinkedHashMap<K, Deque<V>> values = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * The amount that a cache keeps. Values of the key that was asked for last do not count.
   *
   * @param group keys that count together
   * @param weight of a value
   * @param max the largest weight of all values of a group, by any of its keys
   */
  private record Limit<K, V>(
      Function<K, Object> group, ToLongFunction<V> weight, ToLongFunction<K> max) {}

  private ProcessCache(Limit<K, V> limit) {
    this.limit = limit;
    ALL.add(this);
  }

  /** Makes a cache for a handful of values, which keeps all. */
  public static <K, V> ProcessCache<K, V> ofAll() {
    return ofWeight(Long.MAX_VALUE, value -> 0);
  }

  /**
   * Makes a cache that keeps some values beside those of the key that was asked for last.
   *
   * @param max their number
   */
  public static <K, V> ProcessCache<K, V> ofCount(int max) {
    return ofWeight(max, value -> 1);
  }

  /**
   * Makes a cache that keeps values up to a weight, beside those of the key that was asked for
   * last.
   *
   * @param max the sum of weights
   * @param weight of a value, for example its bytes
   */
  public static <K, V> ProcessCache<K, V> ofWeight(long max, ToLongFunction<V> weight) {
    return new ProcessCache<>(new Limit<>(key -> "", weight, key -> max));
  }

  /**
   * Makes a cache of several groups of keys that do not push out one another's values.
   *
   * @param group of a key
   * @param max the number of values that the key's group keeps beside those of the key that was
   *     asked for last
   */
  public static <K, V> ProcessCache<K, V> ofGroups(
      Function<K, Object> group, ToLongFunction<K> max) {
    return new ProcessCache<>(new Limit<>(group, value -> 1, max));
  }

  /**
   * Returns the key's value, which others may have too; made where there is none. Two threads may
   * make the same value at the same time, so that neither waits for the other's; both get the one
   * that was ready first.
   */
  public V get(K key, Function<? super K, ? extends V> make) {
    synchronized (this) {
      Deque<V> held = values.get(key);
      if (held != null) {
        return held.peek();
      }
    }
    V made = make.apply(key);
    V kept;
    Collection<V> surplus;
    synchronized (this) {
      Deque<V> held = values.computeIfAbsent(key, k -> new ArrayDeque<>(1));
      if (held.isEmpty()) {
        held.push(made);
      }
      kept = held.peek();
      surplus = surplus(key);
    }
    if (kept != made) {
      surplus.add(made);
    }
    close(surplus);
    return kept;
  }

  /** Takes a value of the key out of the cache, if there is one: the one that was given last. */
  public Optional<V> take(K key) {
    Optional<V> taken = Optional.empty();
    Collection<V> surplus;
    synchronized (this) {
      Deque<V> held = values.get(key);
      if (held != null) {
        taken = Optional.of(held.pop());
        if (held.isEmpty()) {
          values.remove(key);
        }
      }
      surplus = surplus(key);
    }
    close(surplus);
    return taken;
  }

  /** Puts a value into the cache that nobody else has, for the next to take. */
  public void give(K key, V value) {
    Collection<V> surplus;
    synchronized (this) {
      values.computeIfAbsent(key, k -> new ArrayDeque<>()).push(value);
      surplus = surplus(key);
    }
    close(surplus);
  }

  /** Removes what is beyond the limit, the values of the current key left out. */
  private Collection<V> surplus(K current) {
    Map<Object, Long> room = new HashMap<>();
    List<Map.Entry<K, Deque<V>>> newestFirst = new ArrayList<>(values.entrySet());
    Collections.reverse(newestFirst);
    List<V> surplus = new ArrayList<>();
    for (var entry : newestFirst) {
      K key = entry.getKey();
      if (key.equals(current)) {
        continue;
      }
      Object group = limit.group.apply(key);
      long left = room.computeIfAbsent(group, g -> limit.max.applyAsLong(key));
      for (Iterator<V> held = entry.getValue().iterator(); held.hasNext(); ) {
        V value = held.next();
        left -= limit.weight.applyAsLong(value);
        if (left < 0) {
          surplus.add(value);
          held.remove();
        }
      }
      room.put(group, left);
    }
    values.values().removeIf(Deque::isEmpty);
    return surplus;
  }

  /** Counts the values in the cache, those that are lent left out. */
  public synchronized long count(Predicate<K> of) {
    return values.entrySet().stream()
        .filter(entry -> of.test(entry.getKey()))
        .mapToLong(entry -> entry.getValue().size())
        .sum();
  }

  /** Removes and closes all values. */
  private void clear() {
    List<V> all = new ArrayList<>();
    synchronized (this) {
      values.values().forEach(all::addAll);
      values.clear();
    }
    close(all);
  }

  /**
   * Removes and closes the values of all caches of the process; a cache that is used again
   * afterwards begins empty.
   *
   * @throws IllegalStateException if a value could not be closed; all others are
   */
  public static void closeAll() {
    List<IllegalStateException> failures = new ArrayList<>();
    for (ProcessCache<?, ?> cache : ALL) {
      try {
        cache.clear();
      } catch (IllegalStateException e) {
        failures.add(e);
      }
    }
    rethrow(failures);
  }

  private static void close(Collection<?> values) {
    List<IllegalStateException> failures = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          failures.add(new IllegalStateException("cannot be closed: " + value, e));
        }
      }
    }
    rethrow(failures);
  }

  private static void rethrow(List<IllegalStateException> failures) {
    if (!failures.isEmpty()) {
      IllegalStateException first = failures.get(0);
      failures.subList(1, failures.size()).forEach(first::addSuppressed);
      throw first;
    }
  }
}
