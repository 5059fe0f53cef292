package org.fairspark.job.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.archive.Archives;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.text.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two plans of {@code score}: on the driver, and by Spark jobs. */
class ScorePlanTest {
  @TempDir private Path folder;

  @Test
  void bothPlansHaveOneResultNightByNight() throws Exception {
    ScoreFixture fixture = new ScoreFixture(folder);
    List<Path> good = fixture.images("weave", "good");
    byte[] image = Files.readAllBytes(good.get(0));
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("1.png", image);
    members.put("notes.txt", new byte[2]);
    members.put("broken.png", new byte[] {1, 2, 3});
    for (int i = 0; i < good.size(); i++) {
      fixture.put("line 1/weave/" + i + ".png", good.get(i));
    }
    fixture.put("flange/\uD83D\uDE00.png", fixture.images("flange", "good").get(0));
    fixture.put("flange/\uFB01.png", fixture.images("flange", "good").get(1));
    fixture.put("elsewhere/0.png", image);
    fixture.put("weave/.hidden", new byte[1]);
    fixture.put("weave/report.pdf", new byte[9]);
    Archives.tar(fixture.archive.resolve("weave/pack.tar"), members);
    Archives.zip(fixture.archive.resolve("weave/pack.zip"), members);
    Path cut = fixture.put("weave/cut.zip", new byte[30]);
    assertOneResult(fixture, "score.commit-images=3");

    Path changed = fixture.put("line 1/weave/0.png", good.get(2));
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1_000_000_000_000L));
    fixture.put("weave/new.png", good.get(1));
    Files.delete(cut);
    assertOneResult(fixture, "score.commit-images=1");

    assertOneResult(fixture, "score.changes=content");
  }

  private void assertOneResult(ScoreFixture fixture, String setting) throws Exception {
    List<Object> onDriver = resultOf(fixture, "driver", ScorePlan.SMALL, setting);
    List<Object> bySpark = resultOf(fixture, "spark", 0, setting);
    assertThat(onDriver).as("with %s", setting).isEqualTo(bySpark);
  }

  /** Returns all that a run says and leaves, but for names and times of its own. */
  private List<Object> resultOf(ScoreFixture fixture, String name, int small, String setting)
      throws Exception {
    Path output = folder.resolve(name);
    String root = "output.root=" + output;
    fixture.small = small;
    List<Object> all = new ArrayList<>(fixture.plan(root, setting).summary());
    ScoreResult result = fixture.run(root, setting);
    all.add(result.status());
    all.addAll(List.of(result.details().get("scored"), result.details().get("images")));
    for (ScoreList list : ScoreList.values()) {
      all.add(Files.readString(output.resolve(list.file())));
    }
    ScoresStore store =
        new ScoresStore(
            OutputRoot.of(fixture.spark.sparkContext().hadoopConfiguration(), output.toString()));
    all.addAll(
        store
            .rows(fixture.spark)
            .drop(ScoresTable.RUN, ScoresTable.SCORED_AT)
            .orderBy(ScoresTable.PATH)
            .toJSON()
            .collectAsList());
    Path record = output.resolve("scores/_runs/" + store.newestRun().orElseThrow().run() + ".json");
    ObjectNode tree = (ObjectNode) Json.parse(Files.readString(record));
    tree.remove(List.of("run", "started", "finished", "scoring_seconds", "configuration"));
    all.add(tree.toPrettyString());
    return all;
  }
}
