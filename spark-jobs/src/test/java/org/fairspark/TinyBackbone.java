package org.fairspark;

import java.util.List;
import java.util.Map;
import org.fairspark.network.NetworkWeights;
import org.fairspark.network.graph.Convolution;
import org.fairspark.network.graph.GraphBuilder;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.onnx.GraphExport;

/** A backbone that has learnt nothing, with layers of two scales: features it has all the same. */
public final class TinyBackbone {
  private TinyBackbone() {}

  /**
   * Returns the ONNX file. Its layer {@code fine} has 8 channels at a quarter of the image's sides,
   * {@code coarse} 16 at an eighth.
   *
   * @param size height and width of the images, in pixels, a multiple of 8
   */
  public static byte[] bytes(int size) {
    GraphBuilder graph = new GraphBuilder("backbone");
    String image = graph.input("image", 3, size, size);
    String half = graph.relu(graph.layer("half", Convolution.of(8, 3).striding(2), image));
    String fine = graph.layer("fine", Convolution.of(8, 3).striding(2), half);
    String coarse = graph.layer("coarse", Convolution.of(16, 3).striding(2), graph.relu(fine));
    GraphSpec spec = graph.build(List.of(fine, coarse), graph.mean(coarse));
    return GraphExport.bytes(NetworkWeights.initial(spec, 1), Map.of());
  }
}
