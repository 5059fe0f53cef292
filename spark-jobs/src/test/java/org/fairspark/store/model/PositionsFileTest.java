package org.fairspark.store.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.scoring.Mixture;
import org.fairspark.scoring.NormalMaps;
import org.fairspark.scoring.PositionProfile;
import org.junit.jupiter.api.Test;

class PositionsFileTest {
  @Test
  void mixtureOfTwoMapsIsReadBack() throws IOException {
    NormalMaps normals =
        new NormalMaps(
            List.of(profile(1), profile(2)),
            new Mixture(new float[] {0.5f, -1}, new float[] {0.25f, 2}));
    NormalMaps read = PositionsFile.read(written(normals));

    assertThat(read).usingRecursiveComparison().isEqualTo(normals);
  }

  @Test
  void profileAloneIsReadBackWithoutAMixture() throws IOException {
    NormalMaps read = PositionsFile.read(written(NormalMaps.of(profile(3))));
    assertThat(read).usingRecursiveComparison().isEqualTo(NormalMaps.of(profile(3)));
    assertThat(read.mixture()).isSameAs(Mixture.NONE);
  }

  @Test
  void missingTensorIsNamed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SafeTensors(Map.of("mean", new SafeTensors.Tensor(List.of(1, 2), new float[2])), Map.of())
        .write(out);
    assertThatThrownBy(() -> PositionsFile.read(new ByteArrayInputStream(out.toByteArray())))
        .isInstanceOf(IOException.class)
        .hasMessage("the tensor deviation of 2 dimension(s) is missing");
  }

  private static ByteArrayInputStream written(NormalMaps normals) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PositionsFile.write(normals, out);
    return new ByteArrayInputStream(out.toByteArray());
  }

  private static PositionProfile profile(float first) {
    return new PositionProfile(
        1,
        2,
        new float[] {first, 2},
        new float[] {1, 3},
        new float[] {first, -1},
        new float[] {4, 5});
  }
}
