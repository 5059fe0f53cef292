package org.fairspark.dataset.manifest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** CSV (RFC 4180) with a line of names; divided by commas, semicolons or tabs. */
final class CsvManifest {
  private CsvManifest() {}

  static ManifestReader.Content read(
      String text, ManifestReader.Naming naming, ManifestProblems problems) throws IOException {
    Set<String> columns = new LinkedHashSet<>();
    List<ManifestRow> rows = new ArrayList<>();
    List<String> names = List.of();
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      for (CsvRecord record : records) {
        if (columns.isEmpty()) {
          names = record.getFields().stream().map(String::strip).toList();
          columns.addAll(names);
          requireDistinct(names, problems);
          continue;
        }
        String place = naming.place(record.getStartingLineNumber());
        if (record.getFieldCount() != names.size()) {
          problems.add(
              "%s has %d cells, the first line has %d columns"
                  .formatted(place, record.getFieldCount(), names.size()));
          continue;
        }
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
          cells.put(names.get(i), record.getField(i));
        }
        rows.add(ManifestRow.of(place, naming.split(), cells));
      }
    } catch (CsvParseException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new ManifestReader.Content(columns, rows);
  }

  private static void requireDistinct(List<String> names, ManifestProblems problems) {
    Set<String> seen = new HashSet<>();
    names.stream()
        .filter(name -> !seen.add(name))
        .forEach(name -> problems.add("row 1: a second column has the name '" + name + "'"));
  }

  /** Returns the separator that the line of names holds most often. */
  private static char separator(String text) {
    String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    return Stream.of(',', ';', '\t')
        .max(Comparator.comparingLong(c -> header.chars().filter(x -> x == c).count()))
        .filter(c -> header.indexOf(c) >= 0)
        .orElse(',');
  }
}
