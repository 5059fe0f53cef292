package org.fairspark.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The combinations of settings that a sweep's grid and named settings make. */
public final class TrialGroups {
  private static final int MAX_CELLS = 10_000;

  private TrialGroups() {}

  /**
   * Returns all groups in order, the last grid key moving fastest. Groups that cannot differ in
   * anything (the order of a filter that is not Butterworth) are one.
   *
   * @throws ConfigException if a group is invalid
   */
  public static List<TrialGroup> of(FairConfig base) {
    FairConfig plain =
        base.with(
            Map.of(
                "sweep.grid", "{}",
                "sweep.cells", "[]",
                "sweep.paper-table", "none",
                "sweep.mode", "auto"));
    boolean sideBySide = sideBySide(base);
    Map<String, TrialGroup> groups = new LinkedHashMap<>();
    combinations(base.sweep())
        .forEach(
            (name, settings) -> {
              FairConfig config = plain.with(settings);
              TrialGroup group =
                  new TrialGroup(name, settings, sideBySide ? ofOneTask(config) : config);
              groups.putIfAbsent(group.config().fingerprint(allSections()), group);
            });
    return List.copyOf(groups.values());
  }

  /**
   * Returns whether the trials are trained side by side. That follows from the settings alone, so
   * that the same command does the same on another cluster.
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

  private static boolean mayBeOneTask(FairConfig group) {
    return group.training().workers().orElse(1) == 1;
  }

  /** Says in full what one task does, so that a run from a trial's manifest gives equal numbers. */
  private static FairConfig ofOneTask(FairConfig group) {
    return group.with(
        Map.of(
            "training.workers",
            "1",
            "training.threads",
            String.valueOf(group.training().threads().orElse(1))));
  }

  private static String[] allSections() {
    return Settings.keys().toArray(String[]::new);
  }

  /**
   * Returns the sweep's problems: unknown keys, values not allowed, combinations that cannot be.
   */
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
    for (SweepConfig.NamedSettings named : sweep.cells()) {
      named
          .settings()
          .forEach(
              (key, value) ->
                  problems.addAll(
                      problem(
                          "sweep.cells " + named.name() + ": " + key,
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
                  FairConfig group = base.with(settings);
                  if (sweep.mode() == SweepMode.SIDE_BY_SIDE && !mayBeOneTask(group)) {
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
                            Optional.ofNullable(origins.get(given(sweep, p.key())))));
                  }
                }
              });
    }
    return problems;
  }

  /** Returns the setting that gave a cell's setting, or that made it one of its cells. */
  private static String given(SweepConfig sweep, String key) {
    return sweep.cells().isEmpty() || sweep.grid().containsKey(key) ? "sweep.grid" : "sweep.cells";
  }

  /** Returns the problems of one value by its type; other settings are not looked at. */
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

  /** Returns the settings of each combination by its name. */
  private static Map<String, Map<String, String>> combinations(SweepConfig sweep) {
    List<SweepConfig.NamedSettings> all =
        sweep.cells().isEmpty()
            ? List.of(new SweepConfig.NamedSettings("", Map.of()))
            : sweep.cells();
    Map<String, Map<String, String>> combinations = new LinkedHashMap<>();
    for (SweepConfig.NamedSettings named : all) {
      List<Map<String, String>> grids = new ArrayList<>();
      grids.add(Map.of());
      sweep
          .grid()
          .forEach(
              (key, values) -> {
                List<Map<String, String>> longer = new ArrayList<>();
                for (Map<String, String> shorter : grids) {
                  for (String value : values) {
                    Map<String, String> next = new LinkedHashMap<>(shorter);
                    next.put(key, value);
                    longer.add(next);
                  }
                }
                grids.clear();
                grids.addAll(longer);
              });
      for (Map<String, String> grid : grids) {
        Map<String, String> settings = new LinkedHashMap<>(named.settings());
        settings.putAll(grid);
        String varied =
            grid.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", "));
        String name =
            Stream.of(named.name(), varied)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
        combinations.put(name.isEmpty() ? "base" : name, settings);
      }
    }
    return combinations;
  }
}
