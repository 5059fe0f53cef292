package org.fairspark.network;

import java.util.List;

/**
 * A trained network with inputs and outputs of its own, as it runs when images are scored. As
 * thread-safe as the engine that runs it.
 */
public interface TrainedGraph extends AutoCloseable {
  /**
   * Runs one sample through, in evaluation mode. The result depends on that sample alone, to the
   * last bit.
   *
   * @param inputs values of each input, in the order of the architecture
   * @return values of each output, likewise
   * @throws IllegalArgumentException if there are more or fewer inputs, or values of one
   */
  List<float[]> run(List<float[]> inputs);

  /** Frees native memory. */
  @Override
  void close();
}
