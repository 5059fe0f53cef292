package org.fairspark.cli;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.fairspark.runtime.Job;

/**
 * One command of the command line.
 *
 * @param name the command's word
 * @param summary one line of help, beginning with a verb
 * @param required settings that must be given
 * @param sections groups of settings that have an effect on it, for help
 * @param preset resource of settings of its own that everything given wins over
 * @param examples argument lists, without {@code ./submit.sh NAME}
 * @param shortcuts options of its own, each for a setting
 * @param job makes the job; not called for help
 */
record JobCommand(
    String name,
    String summary,
    List<String> required,
    List<String> sections,
    Optional<String> preset,
    List<String> examples,
    SortedMap<String, String> shortcuts,
    Supplier<Job<?, ?>> job) {

  /** Makes a command whose only options are those of all commands. */
  JobCommand(
      String name,
      String summary,
      List<String> required,
      List<String> sections,
      Optional<String> preset,
      List<String> examples,
      Supplier<Job<?, ?>> job) {
    this(name, summary, required, sections, preset, examples, new TreeMap<>(), job);
  }
}
