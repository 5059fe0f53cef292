package org.fairspark.job;

import org.apache.spark.sql.Row;
import org.fairspark.table.MapsTable;

/** What the report ranks images by: a row of maps/ without its arrays. */
record ScoredImage(String imageId, String defect, boolean anomalous, float score) {
  static ScoredImage of(Row row) {
    return new ScoredImage(
        row.getAs(MapsTable.IMAGE_ID),
        row.getAs(MapsTable.DEFECT),
        row.<Integer>getAs(MapsTable.LABEL) == 1,
        row.<Float>getAs(MapsTable.SCORE));
  }
}
