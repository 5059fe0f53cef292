package org.fairspark.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairspark.text.Sha256;

/**
 * All that decides what stands in a table: settings by their keys, and fingerprints of what it was
 * made from. Tables of equal provenance are interchangeable.
 */
public final class Provenance implements java.io.Serializable {
  /** The name of the number of images that are held out from training. */
  public static final String HELD_OUT = "held out";

  private static final long serialVersionUID = 1;

  private static final String NOTHING = "nothing";

  /** A fingerprint alone, or in brackets after what people know. */
  private static final Pattern FINGERPRINT =
      Pattern.compile("\\(?(?:fingerprint )?\\b([0-9a-f]{32,64})\\b\\)?");

  /** Digits of a fingerprint that tell two apart. */
  private static final int SHORT = 8;

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

  /** Returns the keys whose values differ, or that one alone has. */
  public SortedSet<String> differing(Provenance other) {
    SortedSet<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(other.values.keySet());
    keys.removeIf(key -> Objects.equals(values.get(key), other.values.get(key)));
    return keys;
  }

  /**
   * Returns the differences, a line for each key: {@code image.size: there 256, now 128}.
   * Fingerprints, which say nothing to people, come last and shortened.
   */
  public List<String> differences(Provenance now) {
    List<String> lines = new ArrayList<>();
    List<String> unnamed = new ArrayList<>();
    for (String key : differing(now)) {
      String there = values.getOrDefault(key, NOTHING);
      String here = now.values.getOrDefault(key, NOTHING);
      String named = FINGERPRINT.matcher(there).replaceAll("").strip();
      String namedNow = FINGERPRINT.matcher(here).replaceAll("").strip();
      boolean known = !named.isEmpty() && !namedNow.isEmpty();
      if (known && !named.equals(namedNow)) {
        lines.add("%s: there %s, now %s".formatted(key, named, namedNow));
      } else {
        String what =
            known
                ? "there %s, now as many, of which some are others or were written again"
                    .formatted(named)
                : "not the same";
        unnamed.add(
            "%s: %s (fingerprints %s, %s)"
                .formatted(key, what, fingerprint(there), fingerprint(here)));
      }
    }
    lines.addAll(unnamed);
    return lines;
  }

  /** Returns the beginning of the fingerprint in a value, or the value if there is none. */
  private static String fingerprint(String value) {
    Matcher found = FINGERPRINT.matcher(value);
    return found.find() ? found.group(1).substring(0, SHORT) : value;
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
