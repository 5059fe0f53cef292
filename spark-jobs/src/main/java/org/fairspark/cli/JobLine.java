package org.fairspark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.fairspark.config.ConfigException;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.config.SettingDoc;
import org.fairspark.failure.FairException;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobRunner;
import org.fairspark.runtime.Terminal;
import org.fairspark.spark.LazySpark;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.spark.TrainingSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every job takes, and what happens between them and the job. */
@Command(sortOptions = false)
final class JobLine {
  /** What a model was made with, and detects with ever after. */
  private static final List<String> KEPT_BY_MODELS =
      List.of(
          "image",
          "method",
          "filter",
          "corruption",
          "samples",
          "model",
          "training",
          "inspection",
          "calibration",
          "evaluation");

  private final JobCommand command;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = {
        "A file of settings: HOCON, or the manifest.json of a finished run. May be repeated, the"
            + " last one wins. Also looked for below the program's conf folder."
      })
  private List<Path> confFiles = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; wins over files. May be repeated.")
  private List<String> sets = new ArrayList<>();

  /** Not in {@link #sets}, which the parser begins anew when it meets the first {@code --set}. */
  private final List<String> shortcuts = new ArrayList<>();

  @Option(names = "--dry-run", description = "Only say what would be done; nothing is written.")
  private boolean dryRun;

  @Option(names = "--quiet", description = "No progress and no summary; only warnings and errors.")
  private boolean quiet;

  @Option(names = "--json", description = "Print the result as one JSON object on standard output.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // The parser asks for it by its own means.
  private boolean helpAsked;

  // Used by submit.sh before it hands the driver to a cluster: errors would come late there, and
  // the files given with --conf are not there.
  @Option(names = "--resolve", hidden = true)
  private boolean resolve;

  JobLine(JobCommand command) {
    this.command = command;
  }

  /** Sets a setting, as {@code --set KEY=VALUE} before all others does. */
  void set(String key, String value) {
    shortcuts.add(key + "=" + value);
  }

  /** Returns what the command's own options and {@code --set} say. */
  private List<String> settings() {
    List<String> all = new ArrayList<>(shortcuts);
    all.addAll(sets);
    return all;
  }

  List<String> help() {
    return HelpText.after(command);
  }

  boolean quiet() {
    return quiet;
  }

  /** Resolves the configuration and runs the job; the result is the exit code. */
  int run(Terminal terminal, BiFunction<String, Function<SparkConf, MemoryPlan>, LazySpark> spark) {
    FairConfig config;
    try {
      config = ConfigLoader.load(command.preset(), confFiles, settings());
      config.require(command.required().toArray(String[]::new));
      if (command.sections().contains("training")) {
        config.requireOfMethod();
      }
      if (trains()) {
        TrainingSetup.require(config.training());
      }
    } catch (ConfigException | FairException e) {
      return JobRunner.report(e, command.name(), terminal).status().exitCode();
    }
    if (resolve) {
      // Options that need no files, each ended by a zero byte.
      FairConfig base = ConfigLoader.load(command.preset(), List.of(), List.of());
      StringBuilder options = new StringBuilder();
      config
          .differences(base)
          .forEach((key, value) -> options.append("--set\0" + key + "=" + value + "\0"));
      terminal.data(options.toString());
      return 0;
    }
    if (dryRun && !json) {
      tellSettings(config, terminal);
    } else {
      warnOfSettings(config, terminal);
    }
    Job<?, ?> job = command.job().get();
    JobContext context =
        new JobContext(
            command.name(),
            config,
            spark.apply(command.name(), conf -> memory(job, config, conf)),
            terminal,
            dryRun);
    return JobRunner.run(job, context, json);
  }

  private void tellSettings(FairConfig config, Terminal terminal) {
    Map<String, String> differences = config.differences(ConfigLoader.defaults());
    Map<String, String> idle = withoutEffect(config);
    terminal.result("Settings that differ from the defaults:");
    differences.forEach(
        (key, value) ->
            terminal.result(
                "  %s = %s%s"
                    .formatted(
                        key,
                        value,
                        idle.containsKey(key)
                            ? " (no effect with %s)".formatted(idle.get(key))
                            : "")));
    terminal.result(differences.isEmpty() ? "  none" : "");
  }

  /**
   * Tells of what was asked for on the command line in vain; a file may serve other methods too.
   */
  private void warnOfSettings(FairConfig config, Terminal terminal) {
    List<String> given = settings().stream().map(set -> set.split("=", 2)[0].strip()).toList();
    withoutEffect(config)
        .forEach(
            (key, decidedBy) -> {
              if (given.contains(key)) {
                terminal.warn("%s has no effect with %s".formatted(key, decidedBy));
              }
            });
  }

  /** Returns settings that have no effect, each with what decides so. */
  private Map<String, String> withoutEffect(FairConfig config) {
    return switch (command.name()) {
      case "sweep" -> Map.of(); // Each cell has settings of its own.
      case "score" ->
          SettingDoc.all().stream()
              .map(SettingDoc::key)
              .filter(key -> HelpText.isInAny(key, KEPT_BY_MODELS))
              .filter(key -> !HelpText.isInAny(key, command.sections()))
              .collect(
                  Collectors.toMap(
                      key -> key,
                      key ->
                          key.equals("evaluation.engine")
                              ? "score, which has score.engine"
                              : "score.model, whose own settings count"));
      default -> config.withoutEffect();
    };
  }

  /** Returns whether the command trains: it has these settings among its own, or all. */
  private boolean trains() {
    return command.sections().contains("training") || command.sections().contains("");
  }

  /** Completes the settings of a Spark to be started, and returns the memory that it is to give. */
  private static MemoryPlan memory(Job<?, ?> job, FairConfig config, SparkConf conf) {
    TrainingSetup.apply(conf, config.training());
    return job.memory(config, conf);
  }
}
