package org.fairspark.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fairspark.text.Sha256;

/**
 * All that decides what stands in a table: settings by their keys, and fingerprints of what it was
 * made from. Tables of equal provenance are interchangeable.
 */
public final class Provenance implements java.io.Serializable {
  private static final long serialVersionUID = 1;

  private final SortedMap<String, String> values;

  private Provenance(Map<String, String> values) {
    this.values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  public static Provenance of(Map<String, String> values) {
    return new Provenance(values);
  }

  /** Returns this provenance with one more value. */
  public Provenance with(String key, Object value) {
    Map<String, String> more = new TreeMap<>(values);
    more.put(key, String.valueOf(value));
    return new Provenance(more);
  }

  public SortedMap<String, String> values() {
    return values;
  }

  /** Returns the SHA-256 over all keys and values, 64 hexadecimal digits. */
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    values.forEach((key, value) -> text.append(key).append('\0').append(value).append('\n'));
    return Sha256.hex(text.toString());
  }

  /** Returns the differences, a line for each key: {@code image.size: there 256, now 128}. */
  public List<String> differences(Provenance now) {
    TreeSet<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(now.values.keySet());
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      String there = values.getOrDefault(key, "nothing");
      String here = now.values.getOrDefault(key, "nothing");
      if (!there.equals(here)) {
        lines.add("%s: there %s, now %s".formatted(key, there, here));
      }
    }
    return lines;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Provenance p && values.equals(p.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
