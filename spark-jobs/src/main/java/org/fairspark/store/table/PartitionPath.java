package org.fairspark.store.table;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The path of a data file below its table, whose folders tell the values of partition columns. */
final class PartitionPath {
  /** Spark's folder of null, and of an empty text. */
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

  /** The order of equal columns' values in Spark SQL. */
  static final Comparator<Map<String, String>> ORDER =
      (a, b) -> {
        for (String column : a.keySet()) {
          int order = TextOrder.BY_BYTES.compare(a.get(column), b.get(column));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  private PartitionPath() {}

  /**
   * Returns the values of the partition columns, in the order of the folders; null as Spark reads
   * it.
   */
  static Map<String, String> values(String file) {
    Map<String, String> values = new LinkedHashMap<>();
    String[] folders = file.split("/", -1);
    for (int i = 0; i < folders.length - 1; i++) {
      int equals = folders[i].indexOf('=');
      String value = unescaped(folders[i].substring(equals + 1));
      values.put(unescaped(folders[i].substring(0, equals)), value.equals(NULL) ? null : value);
    }
    return values;
  }

  /** Spark writes characters that paths cannot hold as their two hexadecimal digits. */
  private static String unescaped(String name) {
    return ESCAPED
        .matcher(name)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }
}
