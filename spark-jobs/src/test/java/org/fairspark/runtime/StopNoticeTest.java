package org.fairspark.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fairspark.config.ConfigLoader;
import org.fairspark.spark.LazySpark;
import org.junit.jupiter.api.Test;

/** What a job says whose process is told to end. */
class StopNoticeTest {
  @Test
  void threeLinesSayWhereItStoppedAndThatTheSameCommandGoesOn() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    Terminal terminal = Terminal.plain(stream, stream);
    JobContext context =
        new JobContext(
            "score",
            ConfigLoader.load(List.of(), List.of("output.root=/data/night")),
            new LazySpark(
                () -> {
                  throw new AssertionError("Spark is not needed");
                },
                conf -> {
                  throw new AssertionError("Spark is not needed");
                }),
            terminal,
            false);
    Progress progress = terminal.progress("score", 300, "images");
    progress.update(120);
    StopNotice.tell(context);
    terminal.error("the context was shut down", "a thread", "nothing");
    terminal.data("{}");
    progress.close();
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "error  stopped by a signal, at score, 120/300 images",
            "where  score, output.root = /data/night",
            "to do  give the same command again: it goes on from the tables that are whole, the"
                + " newest checkpoint of training and the last commit of scores");
  }
}
