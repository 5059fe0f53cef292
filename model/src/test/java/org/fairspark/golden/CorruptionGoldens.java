package org.fairspark.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Perlin noise, rotation, augmenters, CutPaste ({@code d_*}). */
final class CorruptionGoldens implements GoldenStage {
  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    return Stream.empty();
  }
}
