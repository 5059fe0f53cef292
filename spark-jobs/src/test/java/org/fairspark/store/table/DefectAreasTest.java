package org.fairspark.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.fairspark.LocalSpark;
import org.fairspark.metrics.DefectArea;
import org.junit.jupiter.api.Test;

class DefectAreasTest {
  @Test
  void areasAreReadAsTheyWereWritten() {
    StructType schema = new StructType(new StructField[] {DefectAreas.field()});
    List<DefectArea> areas =
        List.of(
            new DefectArea(new byte[] {0, (byte) 255}, 0.25),
            new DefectArea(new byte[] {(byte) 255, 0}, 1));
    Row written = new RowBuilder(schema).set(DefectAreas.COLUMN, DefectAreas.cell(areas)).build();
    Row without =
        new RowBuilder(schema).set(DefectAreas.COLUMN, DefectAreas.cell(List.of())).build();
    List<Row> read =
        LocalSpark.session().createDataFrame(List.of(written, without), schema).collectAsList();
    assertThat(DefectAreas.of(read.get(0)))
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(areas);
    assertThat(DefectAreas.of(read.get(1))).isEmpty();
    RowBuilder copy = new RowBuilder(schema);
    DefectAreas.copy(read.get(0), copy);
    Row again =
        LocalSpark.session().createDataFrame(List.of(copy.build()), schema).collectAsList().get(0);
    assertThat(DefectAreas.of(again))
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(areas);
  }

  @Test
  void tablesOfBeforeHaveNone() {
    StructType before = new StructType().add("image_id", DataTypes.StringType);
    Row row =
        LocalSpark.session()
            .createDataFrame(List.of(RowFactory.create("a")), before)
            .collectAsList()
            .get(0);
    assertThat(DefectAreas.of(row)).isEmpty();
    assertThat(DefectAreas.in(before.fieldNames())).isEmpty();
  }
}
