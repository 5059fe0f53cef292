package org.fairspark.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The anomaly function ({@code f_map}) and its up-sampling ({@code g_ops/up_align_false}). */
final class AnomalyGoldens implements GoldenStage {
  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    return Stream.empty();
  }
}
