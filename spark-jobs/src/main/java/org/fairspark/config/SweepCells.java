package org.fairspark.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The cells that a sweep's grid and named cells make. */
public final class SweepCells {
  private static final int MAX_CELLS = 10_000;

  private SweepCells() {}

  /**
   * One cell of a sweep.
   *
   * @param name the named cell's name and the grid's settings
   * @param settings what differs from the sweep's own configuration
   * @param config the cell's configuration, without a sweep of its own
   */
  public record SweepCell(String name, Map<String, String> settings, FairConfig config) {}

  /**
   * All cells in order, named cells first, the last grid key moving fastest. Cells that cannot
   * differ in anything (the order of a filter that is not Butterworth) are one.
   *
   * @throws ConfigException if a cell is invalid
   */
  public static List<SweepCell> of(FairConfig base) {
    FairConfig plain =
        base.with(
            Map.of(
                "sweep.grid", "{}",
                "sweep.cells", "[]",
                "sweep.paper-table", "none",
                "sweep.mode", "auto"));
    boolean sideBySide = sideBySide(base);
    Map<String, SweepCell> cells = new LinkedHashMap<>();
    combinations(base.sweep())
        .forEach(
            (name, settings) -> {
              FairConfig config = plain.with(settings);
              SweepCell cell =
                  new SweepCell(name, settings, sideBySide ? ofOneTask(config) : config);
              cells.putIfAbsent(cell.config().fingerprint(allSections()), cell);
            });
    return List.copyOf(cells.values());
  }

  /**
   * Whether the cells are trained side by side. Follows from the settings alone, so that the same
   * command does the same on another cluster.
   */
  public static boolean sideBySide(FairConfig base) {
    return switch (base.sweep().mode()) {
      case SIDE_BY_SIDE -> true;
      case ONE_AFTER_ANOTHER -> false;
      case AUTO ->
          combinations(base.sweep()).values().stream()
              .allMatch(settings -> mayBeOneTask(base.with(settings)));
    };
  }

  private static boolean mayBeOneTask(FairConfig cell) {
    return cell.training().workers().orElse(1) == 1;
  }

  /** What one task does, said in full: so a run from the cell's manifest gives the same numbers. */
  private static FairConfig ofOneTask(FairConfig cell) {
    return cell.with(
        Map.of(
            "training.workers",
            "1",
            "training.threads",
            String.valueOf(cell.training().threads().orElse(1))));
  }

  private static String[] allSections() {
    return Settings.keys().toArray(String[]::new);
  }

  /** What is wrong with the sweep: unknown keys, values not allowed, cells that cannot be. */
  static List<ConfigProblem> problems(FairConfig base, Map<String, String> origins) {
    SweepConfig sweep = base.sweep();
    List<ConfigProblem> problems = new ArrayList<>();
    sweep
        .grid()
        .forEach(
            (key, values) ->
                values.forEach(
                    value ->
                        problems.addAll(
                            problem(
                                "sweep.grid." + key, key, value, base, origins, "sweep.grid"))));
    for (SweepConfig.Cell cell : sweep.cells()) {
      cell.settings()
          .forEach(
              (key, value) ->
                  problems.addAll(
                      problem(
                          "sweep.cells " + cell.name() + ": " + key,
                          key,
                          value,
                          base,
                          origins,
                          "sweep.cells")));
    }
    long count = Math.max(1, sweep.cells().size());
    for (List<String> values : sweep.grid().values()) {
      count = Math.min(Integer.MAX_VALUE, count * values.size());
    }
    if (count > MAX_CELLS) {
      problems.add(
          ConfigProblem.of(
                  "sweep.grid", count + " cells", "must make at most " + MAX_CELLS + " cells")
              .from(origins.get("sweep.grid")));
    }
    if (problems.isEmpty()) {
      combinations(sweep)
          .forEach(
              (name, settings) -> {
                try {
                  FairConfig cell = base.with(settings);
                  if (sweep.mode() == SweepMode.SIDE_BY_SIDE && !mayBeOneTask(cell)) {
                    problems.add(
                        new ConfigProblem(
                            "cell " + name + ": training.workers",
                            Optional.ofNullable(settings.get("training.workers")),
                            "must be 1 or auto where sweep.mode is side-by-side",
                            Optional.ofNullable(origins.get("sweep.mode"))));
                  }
                } catch (ConfigException e) {
                  for (ConfigProblem p : e.problems()) {
                    problems.add(
                        new ConfigProblem(
                            "cell " + name + ": " + p.key(),
                            p.value(),
                            p.rule(),
                            Optional.ofNullable(origins.get("sweep.grid"))));
                  }
                }
              });
    }
    return problems;
  }

  /** What is wrong with one value by its type; what depends on other settings comes later. */
  private static List<ConfigProblem> problem(
      String shown,
      String key,
      String value,
      FairConfig base,
      Map<String, String> origins,
      String where) {
    Optional<String> origin = Optional.ofNullable(origins.get(where));
    if (key.startsWith("sweep.") || key.equals("output.root")) {
      return List.of(new ConfigProblem(shown, Optional.of(value), "cannot be swept", origin));
    }
    Optional<Setting<?>> setting = Settings.find(key);
    try {
      if (setting.isPresent()) {
        setting.get().read(setting.get().parse(value, where));
        return List.of();
      }
      base.with(key, value);
      throw new IllegalStateException("unknown, yet accepted: " + key);
    } catch (SettingType.NotAllowedException e) {
      return List.of(new ConfigProblem(shown, Optional.of(value), e.getMessage(), origin));
    } catch (ConfigException e) {
      return e.problems().stream()
          .map(p -> new ConfigProblem(shown, Optional.empty(), p.rule(), origin))
          .toList();
    }
  }

  /** Name of each combination to its settings. */
  private static Map<String, Map<String, String>> combinations(SweepConfig sweep) {
    List<SweepConfig.Cell> named =
        sweep.cells().isEmpty() ? List.of(new SweepConfig.Cell("", Map.of())) : sweep.cells();
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    for (SweepConfig.Cell cell : named) {
      List<Map<String, String>> grids = new ArrayList<>();
      grids.add(Map.of());
      sweep
          .grid()
          .forEach(
              (key, values) -> {
                List<Map<String, String>> longer = new ArrayList<>();
                for (Map<String, String> so : grids) {
                  for (String value : values) {
                    Map<String, String> next = new LinkedHashMap<>(so);
                    next.put(key, value);
                    longer.add(next);
                  }
                }
                grids.clear();
                grids.addAll(longer);
              });
      for (Map<String, String> grid : grids) {
        Map<String, String> settings = new LinkedHashMap<>(cell.settings());
        settings.putAll(grid);
        String varied =
            grid.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", "));
        String name =
            java.util.stream.Stream.of(cell.name(), varied)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
        all.put(name.isEmpty() ? "base" : name, settings);
      }
    }
    return all;
  }
}
