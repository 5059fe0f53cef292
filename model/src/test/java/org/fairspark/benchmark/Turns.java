package org.fairspark.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times of this code and of Python programs that do the same, turn by turn. */
public final class Turns {
  private static final double TURN_SECONDS = 4;

  private final Map<String, List<Double>> ours = new LinkedHashMap<>();
  private final Map<String, List<Double>> theirs = new LinkedHashMap<>();

  /** A piece of work whose repetitions are timed. */
  public interface Call {
    void run() throws Exception;
  }

  /**
   * Returns the mean seconds of a call within a turn, as the peers print them: a median would leave
   * out the time in which a busy machine does something else.
   */
  public static double seconds(Call call) throws Exception {
    int calls = 0;
    long began = System.nanoTime();
    while (calls < 3 || System.nanoTime() - began < TURN_SECONDS * 1e9) {
      call.run();
      calls++;
    }
    return (System.nanoTime() - began) / 1e9 / calls;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * Runs a Python program and returns its output.
   *
   * @param threads the number of threads that it may use
   */
  public static String peer(Path program, int threads, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getenv().getOrDefault("PYTHON", "/usr/bin/python3"));
    command.add(program.toString());
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + said);
    }
    return said;
  }

  /** Parses the number in the first group of a pattern. */
  public static double number(String text, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + pattern + " in:\n" + text);
    }
    return Double.parseDouble(matcher.group(1));
  }

  /** Adds the seconds of one turn. */
  public void add(String what, double our, double their) {
    ours.computeIfAbsent(what, w -> new ArrayList<>()).add(our);
    theirs.computeIfAbsent(what, w -> new ArrayList<>()).add(their);
  }

  /** Prints medians and ratios. */
  public void print() {
    ours.forEach(
        (what, our) -> {
          List<Double> their = theirs.get(what);
          List<String> each = new ArrayList<>();
          for (int i = 0; i < our.size(); i++) {
            each.add(text("%.2f", their.get(i) / our.get(i)));
          }
          System.out.println(
              text(
                  "%-44s ours %9.3f ms  peer %9.3f ms  as fast %5.2f times  (turns %s)",
                  what,
                  1000 * median(our),
                  1000 * median(their),
                  median(their) / median(our),
                  String.join(" ", each)));
        });
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
