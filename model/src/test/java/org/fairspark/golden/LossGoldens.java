package org.fairspark.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The loss and its gradient ({@code e_loss}). */
final class LossGoldens implements GoldenStage {
  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    return Stream.empty();
  }
}
