package org.fairspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairspark.JobCall;
import org.fairspark.archive.Archives;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.FairConfig;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.job.manifest.ManifestJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.job.sweep.SweepJob;
import org.fairspark.random.SeededRandom;
import org.fairspark.runtime.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rule of every command and its dry run: files below the data root = used + named with a
 * reason, over a tree with one of everything.
 */
class FileSumTest {
  private static final Pattern SUM = Pattern.compile("files +(\\d+): (\\d+) [^,]*(.*)");
  private static final Pattern PART = Pattern.compile(", (\\d+) (masks|archives|table|left out)");
  private static final Pattern REASON = Pattern.compile("^\\W*(\\d+) ([a-z].*)");

  @TempDir Path folder;

  private Path root;

  /** The account that a command tells of the files below a root. */
  private record Told(long files, long used, long left, long named) {
    static List<Told> in(List<String> lines) {
      List<Told> all = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        Matcher sum = SUM.matcher(lines.get(i));
        if (!sum.find()) {
          continue;
        }
        long used = Long.parseLong(sum.group(2));
        long left = 0;
        Matcher part = PART.matcher(sum.group(3));
        while (part.find()) {
          long number = Long.parseLong(part.group(1));
          if (part.group(2).equals("left out")) {
            left = number;
          } else {
            used += number;
          }
        }
        long named = 0;
        for (int j = i + 1; j < lines.size() && named < left; j++) {
          Matcher reason = REASON.matcher(lines.get(j).replaceFirst("^[0-9:]+ ", ""));
          named += reason.find() ? Long.parseLong(reason.group(1)) : 0;
        }
        all.add(new Told(Long.parseLong(sum.group(1)), used, left, named));
      }
      return all;
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void image(String name) throws IOException {
    write(name, picture(name));
  }

  private static byte[] picture(String name) {
    SeededRandom random = SeededRandom.of(5, name, 0);
    byte[] pixels = new byte[3 * 24 * 24];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(60, 200);
    }
    return PngEncoder.encode(new PixelImage(3, 24, 24, pixels));
  }

  private void mask(String name, boolean defect) throws IOException {
    byte[] pixels = new byte[24 * 24];
    for (int i = 0; defect && i < 80; i++) {
      pixels[i] = (byte) 255;
    }
    write(name, PngEncoder.encode(new PixelImage(1, 24, 24, pixels)));
  }

  /** One of everything; the folder nut is a category of the layouts mvtec and folder. */
  private void everything() throws IOException {
    root = folder.resolve("parts");
    for (int i = 0; i < 4; i++) {
      image("nut/train/good/" + i + ".png");
    }
    image("nut/test/good/0.png");
    image("nut/test/cut/0.png");
    image("nut/test/cut/1.png");
    write("nut/test/cut/2.png", new byte[] {1, 2, 3});
    mask("nut/ground_truth/cut/0_mask.png", true);
    mask("nut/ground_truth/cut/1_mask.png", true);
    mask("nut/ground_truth/cut/9_mask.png", true);
    mask("nut/ground_truth/good/0_mask.png", false);
    write("nut/readme.txt", new byte[9]);
    write("nut/train/good/drawing.svg", new byte[9]);
    write("nut/train/good/0.jp2", new byte[9]);
    write("nut/.DS_Store", new byte[1]);
    write(".cache/deep/1.png", new byte[1]);
    write("Thumbs.db", new byte[1]);
    write("nut/train/good/@eaDir/0.png/SYNOPHOTO_THUMB_M.jpg", new byte[1]);
    write("$RECYCLE.BIN/good/1.png", new byte[1]);
    image("nut/preview.png");
    image("overview.png");
    write("nut/old.rar", new byte[9]);
    write("nut/empty.tar.gz", new byte[0]);
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("a.png", picture("a"));
    members.put("notes.txt", new byte[2]);
    members.put("inside.zip", new byte[2]);
    Archives.zip(root.resolve("nut/more.zip"), members);
    Files.createSymbolicLink(root.resolve("nut/dead.png"), root.resolve("nowhere"));
    Files.createSymbolicLink(root.resolve("nut/out"), folder);
    Files.createSymbolicLink(
        root.resolve("nut/test/good/1.png"), root.resolve("nut/test/good/0.png"));
  }

  private long filesOnDisk() throws IOException {
    try (var all = Files.walk(root)) {
      return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).count();
    }
  }

  private FairConfig config(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.root=" + root,
                "data.layout=folder",
                "output.root=" + folder.resolve("out"),
                "image.size=16",
                "corruption.variants=1",
                "model.width=2",
                "training.epochs=1",
                "evaluation.smoothing=3",
                "calibration.share=0",
                "bad-records.max-ratio=1"));
    settings.addAll(List.of(more));
    return ConfigLoader.load(List.of(), settings);
  }

  private List<String> planned(Job<?, ?> job, FairConfig config) throws Exception {
    return JobCall.plan(job, config).summary();
  }

  private List<String> said(Job<?, ?> job, FairConfig config) throws Exception {
    StringBuilder said = new StringBuilder();
    JobCall.run(job, config, said);
    return said.toString().lines().toList();
  }

  private void assertSums(String command, List<String> lines) throws IOException {
    List<Told> accounts = Told.in(lines);
    assertThat(accounts).as("accounts of %s in %s", command, lines).isNotEmpty();
    for (Told told : accounts) {
      assertThat(told.files()).as("%s: files", command).isEqualTo(filesOnDisk());
      assertThat(told.used() + told.left()).as("%s: used + left", command).isEqualTo(told.files());
      assertThat(told.named()).as("%s: named of %s", command, lines).isEqualTo(told.left());
    }
  }

  @Test
  void everyCommandAndItsDryRunTellOfEveryFile() throws Exception {
    everything();
    FairConfig run = config();
    FairConfig few = config("output.root=" + folder.resolve("few"), "data.max-training-images=3");
    FairConfig sweep =
        config("output.root=" + folder.resolve("sweep"), "sweep.grid={filter.kind=[sobel]}");
    FairConfig score =
        config(
            "output.root=" + folder.resolve("night"),
            "score.model=" + folder.resolve("out/models"));
    assertSums("prepare --dry-run", planned(new PrepareJob(), few));
    assertSums("prepare", said(new PrepareJob(), few));
    assertSums("manifest --dry-run", planned(new ManifestJob(), few));
    assertSums("manifest", said(new ManifestJob(), few));
    assertSums("run --dry-run", planned(new RunJob(), run));
    assertSums("run", said(new RunJob(), run));
    assertSums("run again", said(new RunJob(), run));
    assertSums("sweep --dry-run", planned(new SweepJob(), sweep));
    assertSums("sweep", said(new SweepJob(), sweep));
    List<String> toScore = planned(new ScoreJob(), score);
    assertSums("score --dry-run", toScore);
    assertThat(toScore)
        .anyMatch(line -> line.startsWith("in archives 3: 1 images, 2 left out"))
        .contains(
            "1 image(s) are in no folder that a model is called after, such as overview.png: they"
                + " count as unreadable; score.category=nut names a model for all");
    assertSums("score", said(new ScoreJob(), score));
  }

  @Test
  void aRefusalTellsOfEveryFileToo() throws Exception {
    everything();
    Files.move(root.resolve("nut/train"), root.resolve("nut/rest"));
    FairConfig config = config("data.layout=mvtec", "sweep.grid={filter.kind=[sobel]}");
    for (Job<?, ?> job : List.of(new RunJob(), new PrepareJob(), new SweepJob())) {
      assertThatThrownBy(() -> JobCall.plan(job, config))
          .hasMessageStartingWith("no training images in nut")
          .hasMessageContaining("files    %d: 16 have the names of images", filesOnDisk())
          .hasMessageContaining("1 symbolic links that lead nowhere, such as nut/dead.png")
          .hasMessageContaining("3 archives: unpack them")
          .hasMessageContaining("./submit.sh manifest");
    }
  }

  @Test
  void linksAloneAreNamed() throws Exception {
    root = folder.resolve("parts");
    Files.createDirectories(root.resolve("nut/good"));
    Files.createSymbolicLink(root.resolve("nut/good/0.png"), folder.resolve("0.png"));
    Files.write(folder.resolve("0.png"), picture("0"));
    assertThatThrownBy(() -> JobCall.plan(new PrepareJob(), config()))
        .hasMessageStartingWith("no images in data.root, but 1 other files")
        .hasMessageContaining(
            "1 symbolic links that lead out of the root or in a circle: copy what they lead to,"
                + " such as nut/good/0.png");
  }
}
