package org.fairspark.store.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.failure.FairException;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.UnetSpec;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  private static final NetworkWeights START = NetworkWeights.initial(new UnetSpec(1, 2, true), 3);

  @TempDir Path folder;

  @Test
  void unfinishedTrainingOfOtherSettingsSaysWhichDiffer() throws Exception {
    ModelStore store = new ModelStore(OutputRoot.of(new Configuration(), folder.toString()), "nut");
    Provenance before = Provenance.of(Map.of("training.epochs", "20", "seed", "1"));
    store.writeCheckpoint(Checkpoint.before(START), before);
    assertThat(store.newestCheckpoint(before, START.spec())).isPresent();
    assertThatThrownBy(
            () -> store.newestCheckpoint(before.with("training.epochs", 40), START.spec()))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("unfinished training of nut with other settings or data")
        .hasMessageContaining("training.epochs: there 20, now 40");
  }
}
