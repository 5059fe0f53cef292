package org.fairspark.job.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.fairspark.image.ImageTraits;
import org.fairspark.store.model.KnownTraits;
import org.fairspark.store.table.ScoresTable;
import org.junit.jupiter.api.Test;

class TraitTallyTest {
  private static final StructType COLUMNS =
      new StructType()
          .add(ScoresTable.BRIGHTNESS, DataTypes.FloatType)
          .add(ScoresTable.CONTRAST, DataTypes.FloatType)
          .add(ScoresTable.SHARPNESS, DataTypes.FloatType);

  private static final KnownTraits HELD_OUT =
      KnownTraits.of(
          IntStream.range(0, 20)
              .mapToObj(i -> new ImageTraits(0.5 + i / 1000.0, 0.2 + i / 1000.0, 0.1 + i / 1000.0))
              .toList());

  private static TraitTally scored(double brightness) {
    TraitTally tally = new TraitTally();
    for (int i = 0; i < 20; i++) {
      Object[] values = {
        (float) (brightness + i / 1000.0), (float) (0.2 + i / 1000.0), (float) (0.1 + i / 1000.0)
      };
      tally.add(new GenericRowWithSchema(values, COLUMNS));
    }
    return tally;
  }

  @Test
  void namesWhatChangedAlone() {
    TraitTally.Comparison compared = scored(0.4).compare(HELD_OUT, 0);
    assertThat(compared.changed()).hasSize(1);
    assertThat(compared.describe())
        .matches("images are darker \\(brightness 0\\.4\\d*, held-out ones' 0\\.5\\d*\\)");
    assertThat(compared.same()).isEqualTo(List.of("contrast", "sharpness"));
  }

  @Test
  void imagesAsTheHeldOutOnesAreAsTheyWere() {
    TraitTally.Comparison compared = scored(0.5).compare(HELD_OUT, 0);
    assertThat(compared.changed()).isEmpty();
    assertThat(compared.describe())
        .isEqualTo("brightness, contrast, sharpness of images are as they were");
  }

  @Test
  void whatAModelDoesNotKnowIsNotCompared() {
    assertThat(scored(0.4).compare(KnownTraits.NONE, 0)).isEqualTo(TraitTally.Comparison.NONE);
    assertThat(TraitTally.Comparison.NONE.describe()).isEmpty();
  }
}
