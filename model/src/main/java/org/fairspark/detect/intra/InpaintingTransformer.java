package org.fairspark.detect.intra;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.network.graph.Embedding;
import org.fairspark.network.graph.GraphBuilder;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.graph.LayerNormalization;
import org.fairspark.network.graph.Linear;
import org.fairspark.network.graph.Offset;
import org.fairspark.network.graph.Pointwise;
import org.fairspark.network.graph.Product;
import org.fairspark.network.graph.Softmax;

/**
 * The network: from an image, the patches of {@value #WINDOWS} windows and where they lie from the
 * covered one, as the numbers of {@link PatchGrid.Window}, to the content of the patch that each
 * window has covered. Its second output, an array that is set when training is over, is what
 * differs in normal images: the mean of their maps.
 */
final class InpaintingTransformer {
  /** Windows of an image that are painted in at a time, in training and afterwards. */
  static final int WINDOWS = 16;

  /** Name of the array that holds the mean of normal images' maps, {@code [1][H][W]}. */
  static final String NORMAL = "normal.offset";

  private static final int BLOCKS = 4;
  private static final int HEADS = 4;

  private final GraphBuilder graph = new GraphBuilder("intra");
  private final PatchGrid grid;
  private final int size;

  private InpaintingTransformer(PatchGrid grid, int size) {
    this.grid = grid;
    this.size = size;
  }

  /**
   * Returns the network.
   *
   * @param size numbers of an embedded patch, a multiple of 4
   */
  static GraphSpec of(PatchGrid grid, int size) {
    return new InpaintingTransformer(grid, size).build();
  }

  private GraphSpec build() {
    int height = grid.height();
    int width = grid.width();
    String image = graph.input("image", 3, height, width);
    String windows = graph.input("windows", WINDOWS * grid.windowPatches());
    String offsets = graph.input("offsets", WINDOWS * grid.windowPatches());
    String covered = graph.target("covered", WINDOWS);
    graph.drawing(new WindowDraw(grid.rows(), grid.columns(), grid.side(), WINDOWS));
    String patches = patches(image);
    String placed = graph.layer("offset", new Embedding(grid.offsets(), size), offsets);
    String x =
        graph.reshaped(
            graph.plus(graph.gathered(embedded(patches), windows), placed),
            WINDOWS,
            grid.windowPatches(),
            size);
    List<String> blocks = new ArrayList<>();
    for (int block = 1; block <= BLOCKS; block++) {
      int mirrored = BLOCKS + 1 - block;
      if (mirrored < block - 1) {
        x = graph.plus(x, blocks.get(mirrored - 1));
      }
      x = block("block" + block, x);
      blocks.add(x);
    }
    String restored =
        graph.layer(
            "restored",
            Linear.of(grid.values()),
            meanOfWindow(graph.layer("norm", new LayerNormalization(), x)));
    String normal =
        graph.layer(
            "normal",
            new Offset(List.of(1, height, width), false),
            graph.scaled(graph.part(image, 0, 1), 0));
    String loss =
        new PatchLoss(graph, WINDOWS * 3, grid.side())
            .of(restored, graph.gathered(patches, covered));
    return graph.build(List.of(restored, normal), loss);
  }

  /** Adds an image's patches, {@code [patches][3 side side]}. */
  private String patches(String image) {
    String divided =
        graph.reshaped(image, 3, grid.rows(), grid.side(), grid.columns(), grid.side());
    return graph.reshaped(graph.permuted(divided, 1, 3, 0, 2, 4), grid.patches(), grid.values());
  }

  /**
   * Adds the embeddings of all patches and behind them those of all patches when covered, {@code [2
   * patches][size]}: the same positions, one learnt embedding in place of a content.
   */
  private String embedded(String patches) {
    String content = graph.layer("embedding", Linear.of(size), patches);
    String hidden =
        graph.layer("inpaint", new Offset(List.of(1, size), true), graph.scaled(content, 0));
    String both = graph.reshaped(graph.joined(content, hidden), 2, grid.patches(), size);
    String placed =
        graph.layer("position", new Offset(List.of(1, grid.patches(), size), true), both);
    return graph.reshaped(placed, 2 * grid.patches(), size);
  }

  /** Adds a block: attention and a small network, each normalized before and added to its input. */
  private String block(String name, String x) {
    String attended =
        graph.plus(x, attention(name, graph.layer(name + ".norm1", new LayerNormalization(), x)));
    String normalized = graph.layer(name + ".norm2", new LayerNormalization(), attended);
    return graph.plus(
        attended,
        graph.layer(name + ".mlp.1", Linear.of(size), hidden(name + ".mlp.0", 2, normalized)));
  }

  /** Adds a linear layer of so many times the size, and GELU. */
  private String hidden(String name, int times, String from) {
    return graph.each(Pointwise.GELU, graph.layer(name, Linear.of(times * size), from));
  }

  /**
   * Adds the paper's multi-head feature self-attention: queries and keys are made by a network with
   * a hidden layer, values by a linear one.
   */
  private String attention(String name, String x) {
    String features = hidden(name + ".features", 1, x);
    String query = heads(graph.layer(name + ".query", Linear.of(size), features));
    String key = heads(graph.layer(name + ".key", Linear.of(size), features));
    String value = heads(graph.layer(name + ".value", Linear.of(size), x));
    String likeness = graph.layer(name + ".likeness", new Product(4, true), query, key);
    String weights =
        graph.layer(
            name + ".weights",
            new Softmax(false),
            graph.scaled(likeness, 1 / Math.sqrt((double) size / HEADS)));
    String seen = graph.layer(name + ".seen", new Product(4, false), weights, value);
    String joined =
        graph.reshaped(graph.permuted(seen, 0, 2, 1, 3), WINDOWS, grid.windowPatches(), size);
    return graph.layer(name + ".joined", Linear.of(size), joined);
  }

  /** Divides the embeddings into those of the heads, {@code [windows][heads][patches][n]}. */
  private String heads(String x) {
    String divided = graph.reshaped(x, WINDOWS, grid.windowPatches(), HEADS, size / HEADS);
    return graph.permuted(divided, 0, 2, 1, 3);
  }

  /** Adds the mean over a window's patches, {@code [windows][size]}. */
  private String meanOfWindow(String x) {
    String sum = graph.channelSum(graph.permuted(x, 1, 0, 2));
    return graph.scaled(graph.reshaped(sum, WINDOWS, size), 1.0 / grid.windowPatches());
  }
}
