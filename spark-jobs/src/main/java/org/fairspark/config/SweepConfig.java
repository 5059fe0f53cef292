package org.fairspark.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code sweep.*}.
 *
 * @param grid configuration key to the values it takes, written as after {@code --set KEY=}; all
 *     combinations are trial groups
 * @param cells named settings, where not every combination is wanted; each is combined with the
 *     grid
 * @param repetitions trials per group, each with its own seed
 * @param paperTable number of the paper's table to show beside the results; 1 for tables 1 to 4
 * @param mode whether trials are trained side by side or one after another
 */
public record SweepConfig(
    Map<String, List<String>> grid,
    List<NamedSettings> cells,
    int repetitions,
    @Absent("none") OptionalInt paperTable,
    SweepMode mode) {

  /**
   * Settings with a name.
   *
   * @param name what it is called in tables
   * @param settings configuration key to value, written as after {@code --set KEY=}
   */
  public record NamedSettings(String name, Map<String, String> settings) {
    public NamedSettings {
      Objects.requireNonNull(name, "name");
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
  }

  public SweepConfig {
    grid = Collections.unmodifiableMap(new LinkedHashMap<>(grid));
    cells = List.copyOf(cells);
    Objects.requireNonNull(mode, "mode");
    Checks checks = new Checks();
    grid.forEach(
        (key, values) -> {
          checks.require(
              !values.isEmpty(), "sweep.grid." + key, values, "must have at least one value");
          checks.require(
              new HashSet<>(values).size() == values.size(),
              "sweep.grid." + key,
              values,
              "must not hold a value twice");
        });
    Set<String> names = cells.stream().map(NamedSettings::name).collect(Collectors.toSet());
    checks
        .require(
            names.size() == cells.size(),
            "sweep.cells",
            cells.stream().map(NamedSettings::name).toList(),
            "must have different names")
        .atLeast("sweep.repetitions", repetitions, 1)
        .require(
            paperTable.isEmpty()
                || paperTable.getAsInt() == 1
                || (paperTable.getAsInt() >= 5 && paperTable.getAsInt() <= 12),
            "sweep.paper-table",
            paperTable.orElse(0),
            "must be a table number from 5 to 12, 1 for tables 1 to 4, or none")
        .done();
  }
}
