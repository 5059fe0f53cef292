package org.fairspark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairspark.color.ColorOrder;
import org.fairspark.corruption.CutPasteStyle;
import org.fairspark.frequency.ButterworthHighPass;
import org.fairspark.frequency.Sobel;
import org.fairspark.image.ImageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir Path folder;

  private Path file(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, List.of(lines));
  }

  private static ConfigException failure(List<Path> files, String... sets) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(files, List.of(sets)));
    assertThat(e).as("refused").isNotNull();
    return e;
  }

  @Test
  void anotherScheduleIsAnotherTrainingAndThePapersIsNone() {
    FairConfig paper = ConfigLoader.load(List.of(), List.of());
    FairConfig cosine = ConfigLoader.load(List.of(), List.of("training.schedule=cosine"));
    // Models from before there was a schedule stay.
    assertThat(paper.effective("training.schedule")).isEmpty();
    assertThat(cosine.effective("training.schedule"))
        .containsExactly(entry("training.schedule", "cosine"));
    assertThat(cosine.training().rate().at(0, 100)).isCloseTo(1e-5, within(1e-12));
    assertThat(cosine.training().adaptThreads()).as("threads that change").isFalse();
  }

  @Test
  void relativeCutoffIsTheSameFilterAtAnySize() {
    String relative = "filter.cutoff-unit=cycles-per-256-pixels";
    FairConfig half = ConfigLoader.load(List.of(), List.of("image.size=128", relative));
    FairConfig paper = ConfigLoader.load(List.of(), List.of("image.size=256", relative));
    assertThat(half.extractor()).isEqualTo(new ButterworthHighPass(15, 2));
    assertThat(paper.extractor()).isEqualTo(ConfigLoader.defaults().extractor());
    // The default unit decides nothing new, so that outputs of earlier runs keep their settings.
    assertThat(ConfigLoader.defaults().effective("filter"))
        .containsOnlyKeys("filter.kind", "filter.cutoff", "filter.order");
    assertThat(half.effective("filter")).containsKey("filter.cutoff-unit");
  }

  @Test
  void defaultsAreThePapersSettings() {
    FairConfig config = ConfigLoader.defaults();
    assertThat(config.filter())
        .as("filter")
        .isEqualTo(
            new FilterConfig(
                FilterConfig.Kind.BUTTERWORTH,
                30,
                FilterConfig.CutoffUnit.CYCLES_PER_IMAGE,
                2,
                Sobel.Axes.XY,
                3));
    assertThat(config.image().size()).as("size").isEqualTo(ImageSize.square(256));
    assertThat(config.training().learningRate()).as("learning rate").isEqualTo(1e-4);
    assertThat(config.training().workers()).as("workers").isEqualTo(OptionalInt.empty());
    assertThat(config.evaluation().colorWeight()).as("k").isEqualTo(3e-4);
    assertThat(config.data().categories()).as("categories").isEmpty();
    assertThat(config.corruption().textures()).as("textures").isEqualTo(Optional.empty());
  }

  @Test
  void everyKeyHasADefaultAndEveryDefaultAKey() {
    assertThat(Hocon.leaves(ConfigLoader.defaultsFile().root()).keySet())
        .as("keys of %s", ConfigLoader.DEFAULTS)
        .containsAll(Settings.keys().stream().filter(key -> !key.equals("sweep.grid")).toList())
        .isSubsetOf(Settings.keys());
  }

  @Test
  void laterFilesWinAndSetsWinOverFiles() throws IOException {
    Path first = file("a.conf", "image.size = 64", "seed = 5", "model.width = 8");
    Path second = file("b.conf", "image { size = 128 }", "seed = 6");
    FairConfig config = ConfigLoader.load(List.of(first, second), List.of("seed=7", "seed=8"));
    assertThat(config.image().size()).as("second file wins").isEqualTo(ImageSize.square(128));
    assertThat(config.model().width()).as("first file's own").isEqualTo(8);
    assertThat(config.seed()).as("last --set wins").isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "/data/Bilder für Prüfung/a=b#c",
        "s3a://bucket/with spaces/${not a substitution}",
        "hdfs://host:9000/x,y;[z]",
        "\"quoted\""
      })
  void textAfterSetIsTakenVerbatim(String path) {
    assertThat(ConfigLoader.load(List.of(), List.of("data.root=" + path)).data().root())
        .as("data.root")
        .isEqualTo(path);
  }

  @Test
  void setsReachEveryKindOfSetting() {
    FairConfig config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.categories=bottle, grid",
                "training.workers=3",
                "training.learning-rate=1E-3",
                "model.skips=false",
                "corruption.cutpaste=paper",
                "corruption.textures=/dtd",
                "evaluation.color-order=reference-bgr",
                "sweep.grid.filter.cutoff=[10, 30]",
                "image.size=512 x 384",
                "sweep.paper-table=8"));
    assertThat(config.image().size()).as("size").isEqualTo(new ImageSize(384, 512));
    assertThat(config.toFlatMap()).containsEntry("image.size", "512 x 384");
    assertThat(config.data().categories()).as("names").containsExactly("bottle", "grid");
    assertThat(config.training().workers()).as("workers").hasValue(3);
    assertThat(config.training().learningRate()).as("rate").isEqualTo(1e-3);
    assertThat(config.model().skips()).as("skips").isFalse();
    assertThat(config.corruption().cutpaste()).as("cutpaste").isEqualTo(CutPasteStyle.PAPER);
    assertThat(config.corruption().textures()).as("textures").contains("/dtd");
    assertThat(config.evaluation().colorOrder()).as("order").isEqualTo(ColorOrder.REFERENCE_BGR);
    assertThat(config.sweep().grid())
        .as("grid")
        .isEqualTo(Map.of("filter.cutoff", List.of("10", "30")));
  }

  @Test
  void listsAndAllAndNoneCanBeWrittenBothWays() throws IOException {
    Path conf =
        file("a.conf", "data.categories = [\"metal nut\", ü]", "corruption.textures = none");
    FairConfig config = ConfigLoader.load(List.of(conf), List.of());
    assertThat(config.data().categories()).as("names").containsExactly("metal nut", "ü");
    assertThat(config.corruption().textures()).as("none").isEmpty();
    assertThat(ConfigLoader.load(List.of(conf), List.of("data.categories=all")).data().categories())
        .as("all")
        .isEmpty();
    assertThat(
            ConfigLoader.load(List.of(), List.of("data.categories=[\"a,b\",c]"))
                .data()
                .categories())
        .as("HOCON list after --set")
        .containsExactly("a,b", "c");
  }

  @Test
  void includesAreRelativeToTheFileAndToTheConfFolder() throws IOException {
    file("conf/data/base.conf", "image.size = 64", "model.width = 8");
    file("conf/sweeps/common.conf", "seed = 9");
    Path sweep =
        file(
            "conf/sweeps/a.conf",
            "include \"common.conf\"",
            "include \"data/base.conf\"",
            "model.width = 16");
    FairConfig config = ConfigLoader.load(List.of(sweep), List.of());
    assertThat(config.seed()).as("beside the file").isEqualTo(9);
    assertThat(config.image().size()).as("below conf/").isEqualTo(ImageSize.square(64));
    assertThat(config.model().width()).as("the includer wins").isEqualTo(16);
  }

  @Test
  void environmentAndOtherSettingsCanBeSubstituted() throws IOException {
    Path conf =
        file("a.conf", "output.root = ${data.root}\"/out\"", "score.model = ${?NO_SUCH_VARIABLE}");
    FairConfig config = ConfigLoader.load(List.of(conf), List.of("data.root=/in"));
    assertThat(config.output().root()).as("substituted").isEqualTo("/in/out");
    assertThat(config.score().model()).as("undefined optional").isEmpty();
  }

  @Test
  void textThatLooksLikeANumberStaysAsItIsWritten() throws IOException {
    Path conf =
        file(
            "a.conf",
            "data.categories = [01, 1e3, 2.50, true]",
            "score.category = 007",
            "sweep.grid = { data.categories = [01, 02] }");
    FairConfig config = ConfigLoader.load(List.of(conf), List.of());
    assertThat(config.data().categories()).containsExactly("01", "1e3", "2.50", "true");
    assertThat(config.score().category()).hasValue("007");
    assertThat(config.sweep().grid()).containsEntry("data.categories", List.of("01", "02"));
  }

  @Test
  void aTildeIsTheHomeFolder() {
    String home = System.getProperty("user.home");
    FairConfig config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "output.root=~/out", "data.root=~", "score.model=~/m", "corruption.textures=~/t"));
    assertThat(config.output().root()).isEqualTo(home + "/out");
    assertThat(config.data().root()).isEqualTo(home);
    assertThat(config.score().model()).hasValue(home + "/m");
    assertThat(config.corruption().textures()).hasValue(home + "/t");
    assertThat(failure(List.of(), "output.root=~other/out"))
        .hasMessageContaining("output.root")
        .hasMessageContaining("must name another user's home folder by its path");
  }

  @Test
  void unknownKeyNamesFileLineAndNearestKey() throws IOException {
    Path conf = file("my.conf", "# comment", "filter {", "  cutof = 30", "}");
    assertThat(failure(List.of(conf)))
        .as("message")
        .hasMessage("filter.cutof: unknown setting. Did you mean filter.cutoff? [%s:3]", conf);
    assertThat(failure(List.of(), "cutoff=3"))
        .as("last part alone")
        .hasMessage("cutoff: unknown setting. Did you mean filter.cutoff? [--set cutoff=3]");
    assertThat(failure(List.of(), "zzzzzzzz=3"))
        .as("nothing near")
        .hasMessage("zzzzzzzz: unknown setting [--set zzzzzzzz=3]");
  }

  @Test
  void valueOfAWrongTypeNamesWhatIsAllowed() throws IOException {
    Path conf = file("my.conf", "filter.kind = butterwort", "image.size = [1]");
    assertThat(failure(List.of(conf)).getMessage().lines())
        .as("lines")
        .containsExactly(
            "image.size = [1]: must be a whole number from 16 to 8192, or two as 512 x 384"
                + " (width x height) ["
                + conf
                + ":2]",
            "filter.kind = butterwort: must be one of butterworth, gaussian, ideal, sobel, none,"
                + " gray. Did you mean butterworth? ["
                + conf
                + ":1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image.size=100|multiple of 16",
        "image.size=500 x 380|nearest is 496 x 384",
        "image.size=3|nearest is 16",
        "image.size=128.5|whole number",
        "image.size=99999999999|whole number from",
        "data.layout=coco|mvtec, visa, folder",
        "data.categories=../etc|names of folders",
        "data.categories=a,a|twice",
        "filter.cutoff=0|above 0",
        "filter.cutoff=NaN|must be a number",
        "filter.order=0|from 1 to 20",
        "filter.kernel=7|3 or 5",
        "filter.axes=z|x, y, xy",
        "corruption.variants=0|at least 1",
        "corruption.textures=|none",
        "seed=abc|whole number",
        "model.width=0|from 1 to 1024",
        "model.skips=yes|true or false",
        "training.epochs=0|at least 1",
        "training.batch-size=-1|at least 1",
        "training.learning-rate=-1|above 0",
        "training.workers=0|or auto",
        "training.averaging-frequency=0|at least 1",
        "evaluation.color-weight=-1|at least 0",
        "evaluation.scales=0|from 1 to 8",
        "evaluation.smoothing=20|odd",
        "evaluation.fpr-limit=0|up to 1",
        "evaluation.mask-convention=some|reference, half, nonzero",
        "sweep.repetitions=0|at least 1",
        "sweep.paper-table=4|from 5 to 12",
        "sweep.grid=3|lists of values",
        "bad-records.max-ratio=1.5|from 0 to 1",
        "output.root=|folder"
      })
  void valueOutOfRangeNamesKeyValueRuleAndOrigin(String set, String rule) {
    String key = set.substring(0, set.indexOf('='));
    ConfigException e = failure(List.of(), set);
    assertThat(e.problems()).as("problems").hasSize(1);
    ConfigProblem problem = e.problems().get(0);
    assertThat(problem.key()).as("key").isEqualTo(key);
    assertThat(problem.value()).as("value").isPresent();
    assertThat(problem.rule()).as("rule").contains(rule);
    assertThat(problem.origin()).as("origin").contains("--set " + set);
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    assertThat(failure(List.of(), "evaluation.gradient=false", "evaluation.color-weight=0"))
        .as("nothing left of the map")
        .hasMessageContaining("evaluation.gradient = false: must be true where");
    assertThat(failure(List.of(), "filter.kind=ideal", "filter.cutoff=50", "image.size=64"))
        .as("ideal filter that passes nothing")
        .hasMessageContaining("filter.cutoff = 50: must be below 45.3");
    assertThat(failure(List.of(), "evaluation.scales=8", "image.size=64"))
        .as("more scales than pixels")
        .hasMessageContaining("evaluation.scales = 8");
  }

  @Test
  void allProblemsAreReportedTogether() throws IOException {
    Path conf = file("my.conf", "image.size = 7", "nonsense = 1");
    ConfigException e = failure(List.of(conf), "model.width=0", "filter.kind=x", "filter.order=99");
    assertThat(e.problems().stream().map(ConfigProblem::key))
        .as("keys")
        .containsExactlyInAnyOrder(
            "image.size", "nonsense", "model.width", "filter.kind", "filter.order");
  }

  @Test
  void whatIsNotASettingIsRefusedWithAReason() throws IOException {
    assertThat(failure(List.of(), "filter=ideal"))
        .as("a section")
        .hasMessageContaining("is a group of settings: filter.kind, filter.cutoff");
    assertThat(failure(List.of(), "spark.executor.memory=2g"))
        .as("a Spark option")
        .hasMessageContaining("-- --conf spark.executor.memory=VALUE");
    assertThat(failure(List.of(), "filter.kind"))
        .as("no value")
        .hasMessageContaining("must be KEY=VALUE");
    assertThat(failure(List.of(folder.resolve("none.conf"))))
        .as("missing file")
        .hasMessageContaining("none.conf: no such file");
    assertThat(failure(List.of(folder))).as("a folder").hasMessageContaining("is a folder");
    Path broken = file("broken.conf", "a = 1", "b = {", "c = ]");
    assertThat(failure(List.of(broken)))
        .as("no HOCON")
        .hasMessageContaining("cannot be read as HOCON")
        .hasMessageContaining(broken + ":3");
    Path unresolved = file("unresolved.conf", "", "data.root = ${nowhere}");
    assertThat(failure(List.of(unresolved)))
        .as("substitution")
        .hasMessageContaining("nowhere")
        .hasMessageContaining(unresolved + ":2");
  }

  @Test
  void missingAndCyclicIncludesAreErrors() throws IOException {
    Path missing = file("missing.conf", "include \"nothing.conf\"");
    assertThat(failure(List.of(missing)))
        .as("missing include")
        .hasMessageContaining("include \"nothing.conf\": no such file")
        .hasMessageContaining(missing.toString());
    Path cycle = file("a.conf", "include \"b.conf\"");
    file("b.conf", "include \"a.conf\"");
    assertThat(failure(List.of(cycle))).as("cycle").hasMessageContaining("includes itself");
    Path url = file("url.conf", "include url(\"http://127.0.0.1/x.conf\")");
    assertThat(failure(List.of(url))).as("url").hasMessageContaining("only files");
  }

  @Test
  void resolvedConfigurationReadsBackEqual() throws IOException {
    FairConfig config =
        ConfigLoader.load(
            List.of(
                file(
                    "a.conf",
                    "sweep.grid { filter.cutoff = [10, 30], \"model.width\" = [8] }",
                    "sweep.cells = [ { name = A, filter.kind = ideal } ]")),
            List.of("data.root=/ä b", "seed=-3", "training.workers=2", "data.categories=x,y"));
    Path hocon = file("resolved.conf", ConfigFactory.parseMap(config.toMap()).root().render());
    assertThat(ConfigLoader.load(List.of(hocon), List.of())).as("HOCON").isEqualTo(config);
    String json =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .writeValueAsString(
                Map.of("versions", Map.of("fair", "1"), "configuration", config.toMap()));
    Path manifest = file("manifest.json", json);
    assertThat(ConfigLoader.load(List.of(manifest), List.of())).as("manifest").isEqualTo(config);
    assertThat(ConfigLoader.load(List.of(manifest), List.of("seed=4")).seed())
        .as("--set over a manifest")
        .isEqualTo(4);
  }

  @Test
  void differencesReadBackAsSets() throws IOException {
    FairConfig config =
        ConfigLoader.load(
            List.of(
                file(
                    "a.conf",
                    "sweep.grid { filter.cutoff = [10, 30], filter.kind = [ideal] }",
                    "sweep.cells = [ { name = \"A, b\", corruption.textures = \"/ä=#\" } ]")),
            List.of("data.root=/ä b", "data.categories=[\"a,b\"]", "training.workers=2"));
    List<String> sets =
        config.differences(ConfigLoader.defaults()).entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList();
    assertThat(sets).as("what differs").hasSize(5);
    assertThat(ConfigLoader.load(List.of(), sets)).as("read back").isEqualTo(config);
  }

  @Test
  void requiredSettingsAreNamedTogether() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigLoader.defaults().require("data.root", "score.model", "output.root"));
    assertThat(e.problems().stream().map(ConfigProblem::key))
        .as("open settings")
        .containsExactly("data.root", "score.model");
  }

  @Test
  void fingerprintFollowsWhatHasAnEffect() {
    FairConfig config = ConfigLoader.defaults();
    String print = config.fingerprint("filter", "image.size");
    assertThat(print).as("form").matches("[0-9a-f]{16}");
    assertThat(config.with("model.width", "64").fingerprint("filter", "image.size"))
        .as("other settings do not count")
        .isEqualTo(print);
    assertThat(config.with("filter.cutoff", "31").fingerprint("filter", "image.size"))
        .as("cutoff counts")
        .isNotEqualTo(print);
    assertThat(config.with("filter.axes", "x").fingerprint("filter", "image.size"))
        .as("axes of a filter that is not Sobel do not count")
        .isEqualTo(print);
    FairConfig ideal = config.with("filter.kind", "ideal");
    assertThat(ideal.with("filter.order", "3").fingerprint("filter"))
        .as("order of a filter that is not Butterworth does not count")
        .isEqualTo(ideal.fingerprint("filter"));
  }

  @Test
  void aMixtureOfScoresLooksAtTheFunctionOfEveryMethodThatRestores() {
    FairConfig draem =
        ConfigLoader.defaults().with(Map.of("method.kind", "draem", "filter.kind", "none"));
    FairConfig other = draem.with("evaluation.scales", "1");
    assertThat(other.fingerprint("evaluation"))
        .as("of the paper's score")
        .isEqualTo(draem.fingerprint("evaluation"));
    for (String score : List.of("auto", "mixture")) {
      assertThat(other.with("evaluation.score", score).fingerprint("evaluation"))
          .as(score)
          .isNotEqualTo(draem.with("evaluation.score", score).fingerprint("evaluation"));
    }
  }

  @Test
  void settingsWithoutEffectAreNamedWithTheSettingThatDecides() {
    FairConfig config = ConfigLoader.defaults();
    assertThat(config.withoutEffect()).as("of the defaults").isEmpty();
    assertThat(config.with("filter.cutoff", "31").withoutEffect()).as("in use").isEmpty();
    assertThat(
            config
                .with(
                    Map.of(
                        "filter.kind", "sobel",
                        "filter.cutoff-unit", "cycles-per-256-pixels",
                        "evaluation.gradient", "false",
                        "evaluation.scales", "1",
                        "method.neighbours", "3"))
                .withoutEffect())
        .containsExactly(
            entry("method.neighbours", "method.kind = restoration"),
            entry("filter.cutoff-unit", "filter.kind = sobel"),
            entry("evaluation.scales", "evaluation.gradient = false"));
    Map<String, String> learning =
        Map.of(
            "filter.order", "3",
            "corruption.recipe", "nsa",
            "corruption.variants", "3",
            "model.width", "16",
            "model.skips", "false",
            "training.epochs", "3",
            "training.threads", "2",
            "method.dimensions", "50",
            "evaluation.scales", "1");
    assertThat(config.with(learning).with("method.kind", "patchcore").withoutEffect())
        .as("of a method that trains no network")
        .containsOnlyKeys(learning.keySet())
        .containsValue("method.kind = patchcore");
    assertThat(config.with(learning).with("method.kind", "patchsvdd").withoutEffect())
        .as("of a method of patches, of which there are variants")
        .containsOnlyKeys(
            "filter.order",
            "corruption.recipe",
            "model.skips",
            "method.dimensions",
            "evaluation.scales");
    Map<String, String> fitting =
        Map.of("method.coreset", "0.1", "method.neighbours", "3", "method.dimensions", "50");
    assertThat(config.with(fitting).with("method.kind", "padim").withoutEffect())
        .containsOnlyKeys("method.coreset", "method.neighbours");
    assertThat(config.with(fitting).with("method.kind", "patchcore").withoutEffect())
        .containsOnlyKeys("method.dimensions");
  }

  @Test
  void withRefusesWhatLoadRefuses() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class, () -> ConfigLoader.defaults().with(Map.of("image.size", "17")));
    assertThat(e).as("range").hasMessageContaining("image.size = 17: must be a multiple of 16");
  }
}
