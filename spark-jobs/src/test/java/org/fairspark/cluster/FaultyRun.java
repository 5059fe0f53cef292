package org.fairspark.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.LocalSpark;
import org.fairspark.config.FairConfig;
import org.fairspark.failure.ExitStatus;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobRunner;
import org.fairspark.runtime.Terminal;
import org.fairspark.store.OutputRoot;

/**
 * A run of a job in the tests' JVM on a {@link FaultyFileSystem}, as a process of its own as far as
 * its output root can tell.
 *
 * @param status in which it ended
 * @param said what the terminal showed
 */
public record FaultyRun(ExitStatus status, String said) {

  /**
   * Runs a job.
   *
   * @param config with an {@code output.root} in the file system
   * @param faults its settings
   */
  public static FaultyRun of(Job<?, ?> job, FairConfig config, Map<String, String> faults)
      throws Exception {
    endProcess(OutputRoot.of(hadoop(Map.of()), config.output().root()));
    hadoop(faults);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.plain(stream, stream);
    ExitStatus status;
    try {
      status = job.run(new JobContext("run", config, LocalSpark.lazy(), terminal, false)).status();
    } catch (Exception e) {
      status = JobRunner.report(e, "run", terminal).status();
    }
    return new FaultyRun(status, bytes.toString(StandardCharsets.UTF_8));
  }

  /**
   * Runs the same command again and again, killed after a few more changes each time, until it
   * ends.
   *
   * @param changes of the store that the first run gets to, and by which each gets further
   * @return how often it was killed
   */
  public static int killedUntilDone(Job<?, ?> job, FairConfig config, int changes)
      throws Exception {
    int kills = 0;
    while (of(job, config, Map.of("changes", String.valueOf((kills + 1) * changes))).status()
        != ExitStatus.DONE) {
      kills++;
    }
    return kills;
  }

  /** Returns Spark's configuration, in which the scheme has these faults from now on. */
  public static Configuration hadoop(Map<String, String> faults) {
    Configuration hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();
    FaultyFileSystem.configure(hadoop, faults);
    return hadoop;
  }

  /** A lock that could not be removed is that of an earlier process of this one's number. */
  private static void endProcess(OutputRoot root) throws Exception {
    Path lock = Path.of(root.path("_fair_lock.json").toUri().getPath());
    if (Files.exists(lock)) {
      ObjectMapper json = new ObjectMapper();
      ObjectNode holder = (ObjectNode) json.readTree(lock.toFile());
      json.writeValue(lock.toFile(), holder.put("processStarted", "2001-01-01T00:00:00Z"));
    }
  }
}
