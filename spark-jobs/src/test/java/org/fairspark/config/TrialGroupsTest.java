package org.fairspark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialGroupsTest {
  private static FairConfig config(String... sets) {
    return ConfigLoader.load(List.of(), Arrays.asList(sets));
  }

  @Test
  void gridMakesEveryCombination() {
    List<TrialGroup> cells =
        TrialGroups.of(
            config("sweep.grid.filter.cutoff=[10, 30]", "sweep.grid.model.width=[8, 16]"));
    assertThat(cells.stream().map(cell -> cell.config().filter().cutoff()))
        .as("cutoffs")
        .containsExactly(10.0, 10.0, 30.0, 30.0);
    assertThat(cells.stream().map(cell -> cell.config().model().width()))
        .as("widths")
        .containsExactly(8, 16, 8, 16);
    assertThat(cells.get(1).name()).as("name").isEqualTo("filter.cutoff=10, model.width=16");
    assertThat(cells.get(1).config().sweep().grid()).as("no sweep in a cell").isEmpty();
  }

  @Test
  void namedCellsAreCombinedWithTheGrid() {
    List<TrialGroup> cells =
        TrialGroups.of(
            config(
                "sweep.cells=[ { name = IHPF, filter.kind = ideal }, { name = 3-BHPF, filter.order"
                    + " = 3 } ]",
                "sweep.grid.filter.cutoff=[10, 30]"));
    assertThat(cells.stream().map(TrialGroup::name))
        .as("names")
        .containsExactly(
            "IHPF: filter.cutoff=10",
            "IHPF: filter.cutoff=30",
            "3-BHPF: filter.cutoff=10",
            "3-BHPF: filter.cutoff=30");
    assertThat(cells.get(3).settings())
        .as("settings")
        .isEqualTo(Map.of("filter.order", "3", "filter.cutoff", "30"));
  }

  @Test
  void cellsThatCannotDifferAreOne() {
    List<TrialGroup> cells =
        TrialGroups.of(
            config(
                "sweep.grid.filter.kind=[ideal, butterworth]", "sweep.grid.filter.order=[2, 3]"));
    assertThat(cells).as("ideal once, butterworth twice").hasSize(3);
  }

  @Test
  void withoutAGridThereIsOneCell() {
    assertThat(TrialGroups.of(config("seed=4")))
        .as("cells")
        .singleElement()
        .satisfies(cell -> assertThat(cell.config().seed()).as("seed").isEqualTo(4));
  }

  @Test
  void invalidSweepIsRefusedNamingKeyOrCell() {
    assertThatThrownBy(() -> config("sweep.grid.filter.cutof=[10]"))
        .as("unknown key")
        .hasMessageContaining(
            "sweep.grid.filter.cutof: unknown setting. Did you mean filter.cutoff?");
    assertThatThrownBy(() -> config("sweep.grid.filter.kind=[ideal, idal]"))
        .as("value not allowed")
        .hasMessageContaining("sweep.grid.filter.kind = idal: must be one of")
        .hasMessageEndingWith("[--set sweep.grid.filter.kind=[ideal, idal]]");
    assertThatThrownBy(() -> config("sweep.grid.model.width=[8, 0]"))
        .as("value out of range")
        .hasMessageContaining("cell model.width=0: model.width = 0: must be a whole number from 1");
    assertThatThrownBy(
            () ->
                config(
                    "image.size=64",
                    "sweep.grid.filter.kind=[butterworth, ideal]",
                    "sweep.grid.filter.cutoff=[30, 60]"))
        .as("values that contradict each other in one cell only")
        .hasMessageContaining("cell filter.cutoff=60, filter.kind=ideal: filter.cutoff = 60")
        .message()
        .doesNotContain("kind=butterworth");
    assertThatThrownBy(() -> config("sweep.cells=[ { name = A, image.size = 17 } ]"))
        .as("where a cell's value was given")
        .hasMessageContaining("cell A: image.size = 17")
        .hasMessageEndingWith("[--set sweep.cells=[ { name = A, image.size = 17 } ]]");
    assertThatThrownBy(() -> config("sweep.grid.output.root=[a, b]"))
        .as("what cannot be swept")
        .hasMessageContaining("sweep.grid.output.root = a: cannot be swept");
    assertThatThrownBy(() -> config("sweep.grid.seed=[]"))
        .as("no values")
        .hasMessageContaining("at least one value");
    assertThatThrownBy(() -> config("sweep.cells=[ { filter.kind = ideal } ]"))
        .as("no name")
        .hasMessageContaining("a cell without a name");
    assertThatThrownBy(
            () -> config("sweep.cells=[ { name = A, seed = 1 }, { name = A, seed = 2 } ]"))
        .as("one name twice")
        .hasMessageContaining("must have different names");
  }

  @Test
  void cellsAreTrainedSideBySideUnlessOneAsksForSeveralWorkers() {
    FairConfig grid = config("sweep.grid.filter.cutoff=[10, 30]");
    assertThat(TrialGroups.sideBySide(grid)).as("auto").isTrue();
    assertThat(TrialGroups.of(grid).get(0).config().training())
        .as("said in full")
        .satisfies(
            training -> {
              assertThat(training.workers()).hasValue(1);
              assertThat(training.threads()).hasValue(1);
            });
    FairConfig several = config("sweep.grid.training.workers=[1, 2]");
    assertThat(TrialGroups.sideBySide(several)).as("two workers in a cell").isFalse();
    assertThat(TrialGroups.of(grid.with("sweep.mode", "one-after-another")).get(0).config())
        .as("as given")
        .satisfies(cell -> assertThat(cell.training().workers()).isEmpty());
    assertThatThrownBy(
            () -> config("sweep.mode=side-by-side", "sweep.grid.training.workers=[1, 2]"))
        .hasMessageContaining(
            "cell training.workers=2: training.workers = 2: must be 1 or auto where sweep.mode is"
                + " side-by-side");
  }
}
