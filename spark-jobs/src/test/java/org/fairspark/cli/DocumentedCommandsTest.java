package org.fairspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairspark.job.Terminal;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command that the documentation shows is one that the program takes: the job, its options,
 * the files of settings and every key and value. What the commands then do is tested elsewhere.
 */
class DocumentedCommandsTest {
  private static final Path HOME = Path.of("").toAbsolutePath().getParent();
  private static final String PROGRAM = "./submit.sh ";
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

  /** A command and where it stands. */
  private record Shown(String where, String command) {}

  @TestFactory
  Stream<DynamicTest> everyCommandShownIsTaken() throws IOException {
    List<Shown> shown = new ArrayList<>();
    for (Path file : documentation()) {
      commands(Files.readString(file))
          .forEach(command -> shown.add(new Shown(HOME.relativize(file).toString(), command)));
    }
    for (JobCommand job : Commands.all()) {
      for (String example : job.examples()) {
        shown.add(new Shown(job.name() + " --help", job.name() + " " + example));
      }
    }
    assertThat(shown).as("commands found").hasSizeGreaterThan(25);
    return shown.stream()
        .map(s -> DynamicTest.dynamicTest(s.where() + ": " + s.command(), () -> check(s)));
  }

  private static List<Path> documentation() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String page : List.of("README.md", "CONTRIBUTING.md", "BENCHMARKS.md")) {
      files.add(HOME.resolve(page));
    }
    for (String folder : List.of("conf", "notebooks")) {
      try (Stream<Path> below = Files.walk(HOME.resolve(folder))) {
        below.filter(p -> p.toString().matches(".*\\.(conf|properties|md)")).forEach(files::add);
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

  private static void check(Shown shown) {
    List<String> words = words(shown.command());
    int end = words.indexOf("--");
    if (end >= 0) {
      checkSparkOptions(words.subList(end + 1, words.size()));
      words = words.subList(0, end);
    }
    List<String> args = withFilesFound(words);
    if (!args.contains("--help") && !args.get(0).equals("completion")) {
      args.add("--resolve");
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    Main main =
        new Main(
            Commands.all(),
            stream,
            quiet -> Terminal.plain(stream, stream),
            (name, config) -> {
              throw new AssertionError("Spark was started");
            });
    assertThat(main.run(args.toArray(String[]::new)))
        .as("exit code; it said: %s", said.toString(StandardCharsets.UTF_8))
        .isZero();
  }

  /** As a shell splits them; a comment ends them. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find() && !matcher.group().equals("#")) {
      words.add(matcher.group().replaceAll("[\"']", ""));
    }
    return words;
  }

  /** Files of this repository by their place here; files of the reader's own are left out. */
  private static List<String> withFilesFound(List<String> words) {
    List<String> args = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (!words.get(i).equals("--conf")) {
        args.add(words.get(i));
        continue;
      }
      String file = words.get(++i);
      if (!file.startsWith("/")) {
        args.add("--conf");
        args.add(HOME.resolve("conf").resolve(file).toString());
      } else {
        args.addAll(List.of("--set", "data.root=/data/of/the/manifest"));
      }
    }
    return args;
  }

  private static void checkSparkOptions(List<String> options) {
    int file = options.indexOf("--properties-file");
    if (file >= 0) {
      assertThat(HOME.resolve(options.get(file + 1))).as("Spark settings").exists();
    }
  }
}
