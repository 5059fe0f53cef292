package org.fairspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fairspark.config.ConfigException;
import org.fairspark.config.DataLayout;
import org.fairspark.config.SettingDoc;
import org.fairspark.failure.ExitStatus;
import org.fairspark.failure.FairException;
import org.fairspark.image.ImageSize;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.JobPlan;
import org.fairspark.runtime.JobResult;
import org.fairspark.runtime.Terminal;
import org.fairspark.spark.LazySpark;
import org.fairspark.store.Versions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private final List<JobContext> ran = new ArrayList<>();
  private Work job = context -> Told.done("bottle  image AUROC 0.978", "open report/index.html");

  /** A result of fixed values. */
  private record Told(ExitStatus status, List<String> summary, Map<String, Object> details)
      implements JobResult {
    static Told done(String... summary) {
      return new Told(ExitStatus.DONE, List.of(summary), Map.of());
    }
  }

  /** A stand-in for a job, without Spark and its locks. */
  private interface Work {
    JobResult run(JobContext context) throws Exception;
  }

  private int fair(String... args) {
    PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
    Job<JobPlan, JobResult> recording =
        new Job<>() {
          @Override
          public JobPlan plan(JobContext context) {
            return List::of;
          }

          @Override
          public JobResult execute(JobContext context, JobPlan plan) {
            return Told.done();
          }

          @Override
          public JobResult run(JobContext context) throws Exception {
            ran.add(context);
            return job.run(context);
          }
        };
    List<JobCommand> commands =
        List.of(
            new JobCommand(
                "prepare",
                "Prepare images",
                List.of("data.root"),
                List.of("data", "filter", "output"),
                Optional.empty(),
                List.of("--set data.root=/images"),
                new TreeMap<>(Map.of("--layout", "data.layout")),
                () -> recording),
            new JobCommand(
                "sweep",
                "Run all with each cell's settings",
                List.of(),
                List.of(""),
                Optional.empty(),
                List.of(),
                () -> recording),
            new JobCommand(
                "score",
                "Score by a model",
                List.of(),
                List.of("score", "image.max-pixels"),
                Optional.empty(),
                List.of(),
                () -> recording),
            new JobCommand(
                "run",
                "Run all",
                List.of(),
                List.of(""),
                Optional.empty(),
                List.of(),
                () -> recording));
    return new Main(
            commands,
            out,
            quiet -> Terminal.plain(out, err),
            (name, memory) ->
                new LazySpark(
                    () -> {
                      throw new AssertionError("Spark was asked for");
                    },
                    conf -> {
                      throw new AssertionError("Spark was started");
                    }))
        .run(args);
  }

  private String out() {
    return outBytes.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return errBytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void jobRunsWithItsConfiguration(@TempDir Path folder) throws IOException {
    Path conf =
        Files.writeString(folder.resolve("mein Lauf für α.conf"), "image.size = 64\nseed = 2");
    int code =
        fair("prepare", "--conf", conf.toString(), "--set", "data.root=/a b/ü", "--set=seed=3");
    assertThat(code).as("exit code; %s", err()).isZero();
    assertThat(ran.get(0).config().image().size())
        .as("from the file")
        .isEqualTo(ImageSize.square(64));
    assertThat(ran.get(0).config().data().root()).as("from --set").isEqualTo("/a b/ü");
    assertThat(ran.get(0).config().seed()).as("--set wins").isEqualTo(3);
    assertThat(ran.get(0).dryRun()).as("dry run").isFalse();
    assertThat(out())
        .as("summary")
        .isEqualToNormalizingNewlines("bottle  image AUROC 0.978\nopen report/index.html\n");
  }

  @Test
  void anOptionOfACommandIsASettingWhereverItStands() {
    assertThat(fair("prepare", "--layout", "folder", "--set", "data.root=/a")).isZero();
    assertThat(fair("prepare", "--set", "data.root=/a", "--layout", "folder")).isZero();
    assertThat(ran)
        .extracting(context -> context.config().data().layout())
        .containsExactly(DataLayout.FOLDER, DataLayout.FOLDER);
  }

  @Test
  void dryRunShowsSettingsAndTellsTheJob() {
    assertThat(fair("run", "--dry-run", "--set", "model.width=8")).as("exit code").isZero();
    assertThat(ran.get(0).dryRun()).as("dry run").isTrue();
    assertThat(out()).as("settings").contains("  model.width = 8").doesNotContain("model.skips");
  }

  @Test
  void whatIsSetInVainIsTold() {
    assertThat(
            fair(
                "run",
                "--set",
                "filter.kind=ideal",
                "--set",
                "filter.order = 3",
                "--set",
                "seed=2"))
        .as("exit code")
        .isZero();
    assertThat(err())
        .as("warnings")
        .containsOnlyOnce("has no effect")
        .contains("warning  filter.order has no effect with filter.kind = ideal");
    assertThat(
            fair("run", "--dry-run", "--set", "method.kind=patchcore", "--set", "filter.order=3"))
        .as("exit code of the dry run")
        .isZero();
    assertThat(out())
        .as("settings of the dry run")
        .contains("  filter.order = 3 (no effect with method.kind = patchcore)");
    outBytes.reset();
    errBytes.reset();
    fair("sweep", "--set", "filter.kind=ideal", "--set", "filter.order=3");
    fair("sweep", "--dry-run", "--set", "filter.kind=ideal", "--set", "filter.order=3");
    assertThat(out() + err()).as("where a cell may use it").doesNotContain("no effect");
  }

  @Test
  void whatAModelKeepsIsSetInVainForScoring() {
    fair(
        "score",
        "--set",
        "image.size=256",
        "--set",
        "image.max-pixels=1000",
        "--set",
        "score.top=3");
    assertThat(err())
        .containsOnlyOnce("has no effect")
        .contains("warning  image.size has no effect with score.model, whose own settings count");
    fair("score", "--dry-run", "--set", "filter.order=3", "--set", "score.top=3");
    assertThat(out())
        .contains("  filter.order = 3 (no effect with score.model, whose own settings count)")
        .contains("  score.top = 3\n");
  }

  @Test
  void configurationErrorsAreExitCode2AndStartNothing() {
    assertThat(fair("run", "--set", "image.size=17", "--set", "filter.kin=ideal"))
        .as("exit code")
        .isEqualTo(2);
    assertThat(ran).as("jobs").isEmpty();
    assertThat(err())
        .as("message")
        .contains("image.size = 17: must be a multiple of 16")
        .contains("filter.kin: unknown setting. Did you mean filter.kind?")
        .contains("where  ")
        .contains("to do  ");
    assertThat(out()).as("standard output").isEmpty();
  }

  @Test
  void settingThatAJobNeedsIsAskedFor() {
    assertThat(fair("prepare")).as("exit code").isEqualTo(2);
    assertThat(err()).as("message").contains("data.root").contains("--set data.root=VALUE");
  }

  @Test
  void wrongUsageIsExitCode2() {
    assertThat(fair()).as("no job").isEqualTo(2);
    assertThat(fair("prepair")).as("unknown job").isEqualTo(2);
    assertThat(fair("prepair", "--help")).as("help of an unknown job").isEqualTo(2);
    assertThat(fair("run", "--dryrun")).as("unknown option").isEqualTo(2);
    assertThat(fair("run", "image.size=64")).as("setting without --set").isEqualTo(2);
    assertThat(fair("run", "--conf")).as("option without value").isEqualTo(2);
    assertThat(fair("run", "--conf", "/no/such.conf")).as("missing file").isEqualTo(2);
    assertThat(err())
        .as("messages")
        .contains("no job given")
        .contains("no such job: prepair")
        .contains("did you mean prepare?")
        .contains("no such option: --dryrun")
        .contains("did you mean --dry-run?")
        .contains("--set KEY=VALUE")
        .contains("/no/such.conf: no such file");
    assertThat(ran).as("jobs").isEmpty();
  }

  @Test
  void failuresBecomeExitCodesAndThreeLines() {
    job =
        context -> {
          throw FairException.failed(
              "the disk is full", "/data/out", "free some space", new IOException("No space left"));
        };
    assertThat(fair("run")).as("failed").isEqualTo(1);
    assertThat(err().lines())
        .as("three lines")
        .containsExactly("error  the disk is full", "where  /data/out", "to do  free some space");
    job =
        context -> {
          throw FairException.refused("other results are there", "/out", "choose another folder");
        };
    assertThat(fair("run")).as("refused").isEqualTo(2);
    job =
        context -> {
          throw new RuntimeException(
              "Job aborted\n\tat some.Frame", new IllegalStateException("pixel 7 is missing"));
        };
    assertThat(fair("run")).as("unexpected").isEqualTo(1);
    assertThat(err())
        .as("root cause and place, no stack trace")
        .contains("error  pixel 7 is missing")
        .contains("MainTest.java:")
        .doesNotContain("\tat ");
    job =
        context -> {
          context.config().with("image.size", "3");
          return Told.done();
        };
    assertThat(fair("run")).as("configuration that does not fit").isEqualTo(2);
    job = context -> badRecords("3 of 10 unreadable", 3, 10);
    assertThat(fair("run")).as("too many bad records").isEqualTo(3);
    job = context -> badRecords("1 of 20 unreadable", 1, 20);
    assertThat(fair("run")).as("as many bad records as allowed").isZero();
  }

  private static JobResult badRecords(String summary, long bad, long all) {
    return new Told(ExitStatus.withBadRecords(bad, all, 0.05), List.of(summary), Map.of());
  }

  @Test
  void anExecutorsExceptionIsShownWithoutSparksWrapping() {
    job =
        context -> {
          throw new RuntimeException(
              "Job aborted due to stage failure: Task 1 in stage 2.0 failed 4 times, most recent"
                  + " failure: Lost task 1.3 in stage 2.0 (TID 7) (10.0.0.5 executor 3):"
                  + " java.io.IOException: Input/output error\n\tat some.Frame");
        };
    assertThat(fair("run")).as("exit code").isEqualTo(1);
    assertThat(err().lines().findFirst())
        .as("first line")
        .contains("error  java.io.IOException: Input/output error (on 10.0.0.5 executor 3)");
  }

  @Test
  void resolvedOptionsNeedNoFiles(@TempDir Path folder) throws IOException {
    Path conf = Files.writeString(folder.resolve("a.conf"), "data.root = \"/a b\"\nseed = 2");
    assertThat(fair("run", "--conf", conf.toString(), "--set", "filter.order=3", "--resolve"))
        .as("exit code")
        .isZero();
    assertThat(out().strip().split("\0"))
        .as("options")
        .startsWith("--set", "data.root=/a b", "--set", "filter.order=3", "--set", "seed=2");
    assertThat(ran).as("jobs").isEmpty();
  }

  @Test
  void jsonIsOneObjectOnStandardOutput() throws IOException {
    job =
        context ->
            new Told(
                ExitStatus.DONE, List.of("summary"), Map.of("categories", Map.of("bottle", 0.978)));
    assertThat(fair("run", "--json")).as("exit code").isZero();
    JsonNode json = new ObjectMapper().readTree(out());
    assertThat(json.get("job").asText()).as("job").isEqualTo("run");
    assertThat(json.get("status").asText()).as("status").isEqualTo("done");
    assertThat(json.get("exit_code").asInt()).as("exit code").isZero();
    assertThat(json.at("/categories/bottle").asDouble()).as("details").isEqualTo(0.978);
  }

  @Test
  void helpShowsEverySettingWithItsDefaultAndExamples() {
    assertThat(fair("run", "--help")).as("exit code").isZero();
    for (SettingDoc doc : SettingDoc.all()) {
      assertThat(out()).as("setting").contains("  " + doc.key() + " = " + doc.defaultValue());
      assertThat(doc.description()).as("description of %s", doc.key()).isNotBlank();
    }
    assertThat(out()).as("a percent sign survives").contains("from 80 % of the epochs on");
    assertThat(out().lines().filter(line -> line.length() > HelpText.WIDTH))
        .as("lines wider than %d", HelpText.WIDTH)
        .isEmpty();
    assertThat(ran).as("jobs").isEmpty();
  }

  @Test
  void helpOfAJobShowsOnlyItsSettings() {
    assertThat(fair("prepare", "-h")).as("exit code").isZero();
    assertThat(out())
        .as("help")
        .contains("Prepare images.")
        .contains("  data.root   (must be set)")
        .contains("filter.cutoff = 30")
        .contains("./submit.sh prepare --set data.root=/images")
        .contains("Exit codes:")
        .doesNotContain("training.epochs");
  }

  @Test
  void mainHelpVersionAndCompletion() {
    assertThat(fair("--help")).as("help").isZero();
    assertThat(out()).as("jobs").contains("prepare", "Prepare images", "run", "Run all");
    outBytes.reset();
    assertThat(fair("--version")).as("version").isZero();
    assertThat(out())
        .as("versions")
        .containsPattern("FAIR on Spark \\d+\\.\\d+.*Spark 3\\.\\d.*DL4J");
    assertThat(Versions.all())
        .as("versions in manifests")
        .containsKeys("fair", "spark", "dl4j", "onnxruntime", "java", "java-vendor")
        .allSatisfy(
            (name, version) -> assertThat(version).as(name).isNotEmpty().doesNotContain("$"));
    outBytes.reset();
    assertThat(fair("completion")).as("completion").isZero();
    assertThat(out()).as("script").contains("complete").contains("--dry-run");
  }

  @Test
  void everyJobIsACommand() {
    List<String> jobs =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.fairspark.job")
                .stream()
                .filter(type -> type.isAssignableTo(Job.class) && !type.isInterface())
                .map(type -> type.getSimpleName().replaceFirst("Job$", "").toLowerCase(Locale.ROOT))
                .toList();
    assertThat(Commands.all().stream().map(JobCommand::name))
        .as("commands")
        .containsExactlyInAnyOrderElementsOf(jobs);
  }

  @Test
  void everyRegisteredCommandHasValidHelp() {
    List<String> sections = SettingDoc.all().stream().map(SettingDoc::key).toList();
    for (JobCommand command : Commands.all()) {
      assertThat(HelpText.after(command)).as("help of %s", command.name()).isNotEmpty();
      assertThat(sections).as("settings of %s", command.name()).containsAll(command.required());
    }
  }

  @Test
  void configurationExceptionKeepsItsProblems() {
    assertThat(fair("run", "--set", "seed=x")).as("exit code").isEqualTo(2);
    assertThat(err()).as("type").doesNotContain(ConfigException.class.getName());
  }
}
