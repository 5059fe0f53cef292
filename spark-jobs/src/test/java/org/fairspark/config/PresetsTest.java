package org.fairspark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files below {@code conf/}. */
class PresetsTest {
  private static final Path CONF =
      Path.of(System.getProperty("fair.repository", "..")).resolve("conf");

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(CONF)) {
      List<Path> files = all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
      assertThat(files).as("files *%s below %s", ending, CONF).isNotEmpty();
      return files;
    }
  }

  static List<Path> settings() throws IOException {
    return files(".conf");
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everyPresetIsValidAlone(Path file) {
    assertThat(ConfigLoader.load(List.of(file), List.of())).as("%s", file).isNotNull();
  }

  @Test
  void sweepsOfThePapersTablesHaveItsRows() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (Path file : files(".conf")) {
      if (!file.getParent().endsWith("sweeps")) {
        continue;
      }
      FairConfig config =
          ConfigLoader.load(
              List.of(CONF.resolve("data/mvtec.conf"), CONF.resolve("quick.conf"), file),
              List.of("corruption.textures=/dtd"));
      List<String> names = TrialGroups.of(config).stream().map(cell -> cell.name()).toList();
      rows.put(
          file.getFileName() + " table " + config.sweep().paperTable().getAsInt(),
          String.join(" | ", names));
    }
    assertThat(rows)
        .as("cells")
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "rivals.conf table 1",
                    "FAIR | DRAEM | RIAD | NSA | CutPaste | Patch-SVDD | InTra | PatchCore |"
                        + " PaDiM | RD4AD | AST",
                "widths.conf table 5", "c=128 | c=64 | c=32",
                "tasks.conf table 6", "DeAE | DeAEnoskip | ColorRe | Ours",
                "filters.conf table 7", "IHPF | GHPF | 3-BHPF | 2-BHPF",
                "cutoffs.conf table 8",
                    "filter.cutoff=10 | filter.cutoff=30 | filter.cutoff=60 | filter.cutoff=90",
                "sobel.conf table 10", "FAIRx3 | FAIRxy5 | FAIRxy3",
                "anomaly-functions.conf table 11", "MSGMS | Co | Dis | MSGMS+Co",
                "no-extra-data.conf table 12", "FAIRnoDTD"));
  }

  @Test
  void papersPresetIncludesItsDataSet() {
    FairConfig visa = ConfigLoader.load(List.of(CONF.resolve("paper/visa.conf")), List.of());
    assertThat(visa.data().layout()).as("layout").isEqualTo(DataLayout.VISA);
    assertThat(visa.training().epochs()).as("epochs").isEqualTo(400);
    assertThat(visa.model().width()).as("width").isEqualTo(128);
  }

  @Test
  void sparkOptionsAreSparks() throws IOException {
    for (Path file : files(".properties")) {
      if (!file.getParent().endsWith("spark")) {
        continue;
      }
      Properties options = new Properties();
      try (Reader in = Files.newBufferedReader(file)) {
        options.load(in);
      }
      assertThat(options.stringPropertyNames())
          .as("%s", file)
          .isNotEmpty()
          .allMatch(key -> key.startsWith("spark."));
    }
  }
}
