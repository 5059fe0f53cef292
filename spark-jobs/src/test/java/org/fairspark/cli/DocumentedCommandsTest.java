package org.fairspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fairspark.runtime.Terminal;
import org.fairspark.spark.LazySpark;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command that the documentation shows is one that the program takes: the job, its options,
 * the files of settings and every key and value. {@code DocumentedCommandsIT} runs them.
 */
class DocumentedCommandsTest {
  private static final Path HOME = Path.of("").toAbsolutePath().getParent();

  @TestFactory
  Stream<DynamicTest> everyCommandShownIsTaken() throws IOException {
    List<ShownCommand> shown = ShownCommand.all(HOME);
    assertThat(shown).as("commands found").hasSizeGreaterThan(25);
    return shown.stream().map(s -> DynamicTest.dynamicTest(s.toString(), () -> check(s)));
  }

  private static void check(ShownCommand shown) {
    checkSparkOptions(shown.sparkWords());
    List<String> args = withFilesFound(shown.jobWords());
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
            (name, memory) ->
                new LazySpark(
                    () -> {
                      throw new AssertionError("Spark was asked for");
                    },
                    conf -> {
                      throw new AssertionError("Spark was started");
                    }));
    assertThat(main.run(args.toArray(String[]::new)))
        .as("exit code; it said: %s", said.toString(StandardCharsets.UTF_8))
        .isZero();
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
