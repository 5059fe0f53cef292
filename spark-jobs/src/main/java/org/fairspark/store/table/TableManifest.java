package org.fairspark.store.table;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fairspark.text.Json;

/**
 * The record of a finished table; written last, as {@value #FILE} in its folder. A folder without
 * it is no table.
 *
 * @param table name of the table
 * @param schemaVersion version of the columns' meaning
 * @param fingerprint of {@code provenance}
 * @param provenance all that decides what stands in the table
 * @param rows rows
 * @param counts rows by the values of the partition columns
 * @param files data files
 * @param bytes bytes of the data files
 * @param dataFiles bytes of each data file, by its path below the folder; empty in tables of
 *     earlier versions, which held what lay in their folder
 * @param schema Spark's schema as JSON, partition columns included
 * @param created when, ISO 8601 in UTC
 * @param versions of this program, Spark and Java
 * @param details what else the writer wants to tell, plain values
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TableManifest(
    String table,
    int schemaVersion,
    String fingerprint,
    SortedMap<String, String> provenance,
    long rows,
    List<PartitionCount> counts,
    long files,
    long bytes,
    SortedMap<String, Long> dataFiles,
    String schema,
    String created,
    SortedMap<String, String> versions,
    Map<String, Object> details) {

  /** Its name in a table's folder. */
  public static final String FILE = "_fair_manifest.json";

  /**
   * Rows of one partition folder.
   *
   * @param values partition column to value
   */
  public record PartitionCount(Map<String, String> values, long rows) {}

  public TableManifest {
    provenance = new TreeMap<>(provenance);
    versions = new TreeMap<>(versions);
    dataFiles = dataFiles == null ? new TreeMap<>() : new TreeMap<>(dataFiles);
    counts = List.copyOf(counts);
  }

  /** Rows by the values of one partition column, such as {@code category}. */
  public SortedMap<String, Long> rowsBy(String column) {
    SortedMap<String, Long> rowsBy = new TreeMap<>();
    counts.forEach(c -> rowsBy.merge(c.values().get(column), c.rows(), Long::sum));
    return rowsBy;
  }

  String toJson() {
    return Json.pretty(this);
  }

  /**
   * Reads a manifest.
   *
   * @throws JsonProcessingException if the text is not one
   */
  static TableManifest fromJson(String text) throws JsonProcessingException {
    return Json.parse(text, TableManifest.class);
  }
}
