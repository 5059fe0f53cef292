package org.fairspark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairspark.config.SettingDoc;
import org.fairspark.failure.ExitStatus;

/** The parts of a job's help that come from the configuration itself. */
final class HelpText {
  static final int WIDTH = 100;

  private static final String INDENT = "      ";

  private HelpText() {}

  /** Returns the settings that have an effect on a job, with defaults, and its examples. */
  static List<String> after(JobCommand command) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Settings, with their defaults (in a file given with --conf, or --set KEY=VALUE):");
    for (SettingDoc doc : SettingDoc.all()) {
      if (!isInAny(doc.key(), command.sections())) {
        continue;
      }
      boolean needed = command.required().contains(doc.key());
      lines.add("  " + doc.key() + (needed ? "   (must be set)" : " = " + doc.defaultValue()));
      lines.addAll(wrap(doc.description(), INDENT));
      if (doc.allowed().startsWith("one of")) {
        lines.addAll(wrap("One of " + doc.allowed().substring("one of ".length()) + ".", INDENT));
      }
    }
    lines.add("");
    lines.add("Examples:");
    for (String example : command.examples()) {
      lines.add("  ./submit.sh " + command.name() + (example.isEmpty() ? "" : " " + example));
    }
    lines.add("");
    lines.addAll(exitCodes());
    return lines;
  }

  /** Returns the exit codes and their meanings. */
  static List<String> exitCodes() {
    return wrap(
        Stream.of(ExitStatus.values())
            .map(status -> status.exitCode() + " " + status.meaning())
            .collect(Collectors.joining("; ", "Exit codes: ", "; 130 or 143 stopped by a signal.")),
        "");
  }

  /** Returns whether a key is one of the given or below one; an empty section holds everything. */
  static boolean isInAny(String key, List<String> sections) {
    return sections.stream().anyMatch(section -> isIn(key, section));
  }

  private static boolean isIn(String key, String section) {
    return section.isEmpty() || key.equals(section) || key.startsWith(section + ".");
  }

  static List<String> wrap(String text, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() + 1 > WIDTH && line.length() > indent.length()) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
      }
      line.append(line.length() == indent.length() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
