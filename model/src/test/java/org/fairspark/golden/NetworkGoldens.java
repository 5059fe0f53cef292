package org.fairspark.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The network, its training step and its schedule ({@code g_unet}, {@code g_ops/up_align_true},
 * {@code g_sched}).
 */
final class NetworkGoldens implements GoldenStage {
  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    return Stream.empty();
  }
}
