package org.fairspark.cli;

import java.util.List;
import java.util.Optional;
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
 * @param job makes the job; not called for help
 */
record JobCommand(
    String name,
    String summary,
    List<String> required,
    List<String> sections,
    Optional<String> preset,
    List<String> examples,
    Supplier<Job<?, ?>> job) {}
