package org.fairspark.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.fairspark.failure.ExitStatus;
import org.fairspark.runtime.Terminal;
import org.fairspark.spark.LazySpark;
import org.fairspark.spark.MemoryPlan;
import org.fairspark.spark.SparkSessions;
import org.fairspark.store.Versions;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The main class: {@code JOB [--conf FILE]... [--set KEY=VALUE]... [--dry-run] [--quiet] [--json]}.
 *
 * <p>The same class and arguments work with {@code submit.sh} and with a bare {@code spark-submit}.
 * Help, and errors of usage or configuration, do not start Spark.
 */
public final class Main {
  private static final int WRONG_USAGE = ExitStatus.WRONG_USAGE.exitCode();
  private static final String PROGRAM = "./submit.sh";
  private static final String COMPLETION = "completion";

  private final List<JobCommand> commands;
  private final PrintStream out;
  private final Function<Boolean, Terminal> terminals;
  private final BiFunction<String, Function<SparkConf, MemoryPlan>, LazySpark> spark;

  /**
   * Makes a command line.
   *
   * @param out where help and versions go
   * @param terminals makes the terminal; the argument says whether it is quiet
   * @param spark makes the Spark for a job's name and the memory that it needs
   */
  Main(
      List<JobCommand> commands,
      PrintStream out,
      Function<Boolean, Terminal> terminals,
      BiFunction<String, Function<SparkConf, MemoryPlan>, LazySpark> spark) {
    this.commands = commands;
    this.out = out;
    this.terminals = terminals;
    this.spark = spark;
  }

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    // Some locales have digits of their own, which programs that read our output do not expect.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    int code =
        new Main(Commands.all(), System.out, Terminal::system, SparkSessions::lazy).run(args);
    System.out.flush();
    System.err.flush();
    // In a cluster's driver container leaving main is success, and System.exit(0) is not.
    if (code != 0 || !"cluster".equals(System.getProperty("spark.submit.deployMode"))) {
      System.exit(code);
    }
  }

  /** Runs a command line; the result is the exit code. */
  int run(String... args) {
    CommandLine line = commandLine();
    if (args.length == 1 && args[0].equals(COMPLETION)) {
      out.print(AutoComplete.bash("submit.sh", line));
      return 0;
    }
    ParseResult parsed;
    try {
      parsed = line.parseArgs(args);
    } catch (ParameterException e) {
      return refuse(e);
    }
    if (parsed.isVersionHelpRequested()) {
      out.println(Versions.line());
      return 0;
    }
    if (!parsed.hasSubcommand()) {
      if (!parsed.unmatched().isEmpty()) {
        return refuse(new UnmatchedArgumentException(line, parsed.unmatched()));
      }
      if (parsed.isUsageHelpRequested()) {
        out.print(line.getUsageMessage());
        return 0;
      }
      error("no job given", "one of: " + names() + "; or " + PROGRAM + " --help");
      return WRONG_USAGE;
    }
    CommandLine job = parsed.subcommand().commandSpec().commandLine();
    if (parsed.subcommand().isUsageHelpRequested() || parsed.isUsageHelpRequested()) {
      out.print(job.getUsageMessage());
      ((JobLine) job.getCommand()).help().forEach(out::println);
      return 0;
    }
    JobLine asked = job.getCommand();
    return asked.run(terminals.apply(asked.quiet()), spark);
  }

  private int refuse(ParameterException e) {
    boolean root = e.getCommandLine().getParent() == null;
    String help = PROGRAM + (root ? "" : " " + e.getCommandLine().getCommandName()) + " --help";
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      error(e.getMessage(), help);
      return WRONG_USAGE;
    }
    String first = unmatched.getUnmatched().get(0);
    List<String> near = unmatched.getSuggestions();
    String question = near.isEmpty() ? "" : "did you mean " + near.get(0) + "? ";
    if (root && !first.startsWith("-")) {
      error("no such job: " + first, question + "one of: " + names());
    } else if (first.startsWith("-")) {
      error("no such option: " + first, question + help + "; options of Spark go after --");
    } else {
      error("not understood: " + first, "settings are given as --set KEY=VALUE; " + help);
    }
    return WRONG_USAGE;
  }

  private void error(String what, String toDo) {
    terminals.apply(false).error(what, "the command line", toDo);
  }

  private String names() {
    return String.join(", ", commands.stream().map(JobCommand::name).toList());
  }

  private CommandLine commandLine() {
    CommandSpec root = CommandSpec.create().name(PROGRAM);
    root.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    root.addOption(
        OptionSpec.builder("--version")
            .versionHelp(true)
            .description("Show the versions of this program and of what it is built on.")
            .build());
    root.usageMessage()
        .description("Finds anomalies in images: frequency-aware image restoration on Spark.")
        .customSynopsis(
            PROGRAM + " JOB [--conf FILE]... [--set KEY=VALUE]... [--dry-run] [-- SPARK-OPTIONS]")
        .commandListHeading("%nJobs:%n")
        .optionListHeading("%nOptions:%n")
        .footer(
            "",
            PROGRAM + " JOB --help shows a job's settings, their defaults, and examples.",
            "",
            String.join("%n", HelpText.exitCodes()),
            "",
            "Completion of jobs and options in bash and zsh: source <(" + PROGRAM + " completion)")
        .width(HelpText.WIDTH);
    CommandLine line = new CommandLine(root);
    for (JobCommand command : commands) {
      JobLine asked = new JobLine(command);
      CommandLine job = new CommandLine(asked);
      command
          .shortcuts()
          .forEach((option, key) -> job.getCommandSpec().addOption(shortcut(option, key, asked)));
      job.getCommandSpec()
          .usageMessage()
          .description(command.summary() + ".")
          .customSynopsis(
              PROGRAM
                  + " "
                  + command.name()
                  + " [--conf FILE]... [--set KEY=VALUE]... [--dry-run] [--quiet] [--json]",
              "    [-- SPARK-OPTIONS]")
          .optionListHeading("%nOptions:%n")
          .width(HelpText.WIDTH);
      line.addSubcommand(command.name(), job);
    }
    return line;
  }

  /** Returns an option that is another spelling of {@code --set}. */
  private static OptionSpec shortcut(String option, String key, JobLine line) {
    return OptionSpec.builder(option)
        .type(String.class)
        .paramLabel("VALUE")
        .description("The same as --set " + key + "=VALUE.")
        .setter(
            new ISetter() {
              @Override
              public <T> T set(T value) {
                if (value != null) {
                  line.set(key, (String) value);
                }
                return null;
              }
            })
        .build();
  }
}
