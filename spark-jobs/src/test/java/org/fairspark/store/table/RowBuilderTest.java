package org.fairspark.store.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RowBuilderTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("low", DataTypes.DoubleType, false)
          .add("high", DataTypes.DoubleType, false)
          .add("note", DataTypes.StringType, true);

  @Test
  void cellsComeInTheOrderOfTheSchema() {
    assertThat(new RowBuilder(SCHEMA).set("high", 2.0).set("low", 1.0).build())
        .isEqualTo(RowFactory.create(1.0, 2.0, null));
  }

  @Test
  void mistakesAreRefused() {
    RowBuilder row = new RowBuilder(SCHEMA).set("low", 1.0);
    assertThatThrownBy(() -> row.set("low", 2.0)).hasMessage("column low is set twice");
    assertThatThrownBy(() -> row.set("high", null)).hasMessage("column high cannot be null");
    assertThatThrownBy(() -> row.set("hihg", 1.0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(row::build).hasMessage("column high is not set");
  }
}
