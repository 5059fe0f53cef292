package org.fairspark.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The golden tests of one stage of the method, one per output that the manifest lists. */
interface GoldenStage {
  Stream<DynamicTest> tests(GoldenSet set);
}
