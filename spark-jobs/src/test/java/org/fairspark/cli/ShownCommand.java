package org.fairspark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that the documentation shows.
 *
 * @param where the file, or the job whose {@code --help} it is in
 * @param words what follows {@code ./submit.sh}, as a shell splits it
 */
public record ShownCommand(String where, List<String> words) {
  private static final String PROGRAM = "./submit.sh ";
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

  /**
   * Returns all of a source tree: its pages, the comments of its settings, and the help of its
   * jobs.
   */
  public static List<ShownCommand> all(Path home) throws IOException {
    List<ShownCommand> shown = new ArrayList<>();
    for (Path file : documentation(home)) {
      for (String command : commands(Files.readString(file))) {
        shown.add(new ShownCommand(home.relativize(file).toString(), split(command)));
      }
    }
    for (JobCommand job : Commands.all()) {
      for (String example : job.examples()) {
        shown.add(new ShownCommand(job.name() + " --help", split(job.name() + " " + example)));
      }
    }
    return shown;
  }

  private static List<Path> documentation(Path home) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String page : List.of("README.md", "CONTRIBUTING.md", "BENCHMARKS.md")) {
      files.add(home.resolve(page));
    }
    for (String folder : List.of("conf", "notebooks")) {
      try (Stream<Path> below = Files.walk(home.resolve(folder))) {
        below
            .filter(p -> p.toString().matches(".*\\.(conf|properties|md)"))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }

  /** Commands that stand at the start of a line, as a comment too, with their continued lines. */
  private static List<String> commands(String text) {
    List<String> commands = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String raw : text.lines().toList()) {
      String line = raw.replaceFirst("^[#\\s]+", "").stripTrailing();
      if (open.isEmpty() && !line.startsWith(PROGRAM)) {
        continue;
      }
      open.append(line.startsWith(PROGRAM) ? line.substring(PROGRAM.length()) : " " + line);
      if (open.charAt(open.length() - 1) == '\\') {
        open.setLength(open.length() - 1);
        continue;
      }
      if (!open.toString().startsWith("JOB ")) {
        commands.add(open.toString());
      }
      open.setLength(0);
    }
    return commands;
  }

  /** Splits a command into words; a comment ends them. */
  private static List<String> split(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find() && !matcher.group().equals("#")) {
      words.add(matcher.group().replaceAll("[\"']", ""));
    }
    return words;
  }

  /** Returns the words before {@code --}: the job and its options. */
  public List<String> jobWords() {
    int end = words.indexOf("--");
    return end < 0 ? words : words.subList(0, end);
  }

  /** Returns the words after {@code --}: options of spark-submit. */
  public List<String> sparkWords() {
    int end = words.indexOf("--");
    return end < 0 ? List.of() : words.subList(end + 1, words.size());
  }

  @Override
  public String toString() {
    return where + ": " + String.join(" ", words);
  }
}
