package org.fairspark.detect.patchsvdd;

import java.util.ArrayList;
import java.util.List;
import org.fairspark.image.ImageSize;
import org.fairspark.network.graph.Concatenation;
import org.fairspark.network.graph.Convolution;
import org.fairspark.network.graph.GraphBuilder;
import org.fairspark.network.graph.GraphSpec;
import org.fairspark.network.graph.LeakyRelu;
import org.fairspark.network.graph.Linear;
import org.fairspark.network.graph.Nearest;
import org.fairspark.network.graph.Operation;
import org.fairspark.network.graph.Pointwise;
import org.fairspark.network.graph.Shared;

/**
 * The encoder of patches at two scales, with what it is taught by. A large patch is given as its
 * four quadrants, the small patches in it; the encodings of those together become the large one's
 * (the paper's section 3.3). What comes out are the encodings, and their distances from the nearest
 * of normal patches, {@code bank.large} and {@code bank.small}, which are set after training.
 */
final class PatchSvddNetwork {
  /**
   * Outputs, in their order: of the large patch, and of the four small ones one after the other.
   */
  static final int LARGE = 0;

  static final int SMALL = 1;
  static final int LARGE_DISTANCE = 2;
  static final int SMALL_DISTANCES = 3;

  static final int QUADRANTS = 4;

  /** Places of one patch beside another. */
  static final int POSITIONS = 8;

  /** Encodings of normal patches that are kept. */
  static final int BANK = 2048;

  static final String LARGE_BANK = "bank.large";
  static final String SMALL_BANK = "bank.small";

  /** Weight of close patches' distances, of the reference code's example: 1 makes all alike. */
  private static final double CLOSENESS = 1e-3;

  private static final int HIDDEN = 128;
  private static final LeakyRelu LEAKY = new LeakyRelu(0.1);

  /** Channels after each of the first seven convolutions, by the paper's first. */
  private static final int[] CHANNELS = {1, 2, 4, 4, 2, 1, 1};

  /** What keeps the root of a sum of squares from having an endless slope at zero. */
  private static final double SHORTEST = 1e-6;

  private final GraphBuilder graph = new GraphBuilder("patchsvdd");
  private final int side;
  private final int width;
  private String encoder = "";

  private PatchSvddNetwork(int side, int width) {
    this.side = side;
    this.width = width;
  }

  /** Returns the side of a small patch in pixels, about an eighth of the image's: 8, 16 or 32. */
  static int side(ImageSize image) {
    return Math.max(8, Math.min(32, Integer.highestOneBit(image.shorter() / 8)));
  }

  /**
   * Returns the architecture.
   *
   * @param side of a small patch: 8, 16 or 32 pixels
   * @param width channels of the first convolution, the paper's 32
   */
  static GraphSpec of(int side, int width) {
    return new PatchSvddNetwork(side, width).build();
  }

  /** Returns the numbers of an encoding. */
  static int dimension(int width) {
    return 2 * width;
  }

  private GraphSpec build() {
    String patch = graph.input("patch", 3 * QUADRANTS, side, side);
    String beside = graph.target("beside", 3 * QUADRANTS, side, side);
    String close = graph.target("close", 3 * QUADRANTS, side, side);
    String smallBeside = graph.target("small_beside", 3, side, side);
    String position = graph.target("position", POSITIONS);
    String smallPosition = graph.target("small_position", POSITIONS);

    List<String> small = quadrants("patch", patch);
    String large = joined("large.patch", small);
    List<String> smallClose = quadrants("close", close);
    String largeClose = joined("large.close", smallClose);
    String largeBeside = joined("large.beside", quadrants("beside", beside));
    String besideFirst = small(smallBeside, "small_beside");

    String loss =
        graph.plus(
            classified("large_position", large, largeBeside, position),
            classified("small_position", small.get(0), besideFirst, smallPosition));
    loss = graph.plus(loss, close(large, largeClose, CLOSENESS));
    for (int i = 0; i < QUADRANTS; i++) {
      loss = graph.plus(loss, close(small.get(i), smallClose.get(i), CLOSENESS / QUADRANTS));
    }

    List<String> distances = new ArrayList<>();
    Nearest nearest = new Nearest(BANK);
    for (int i = 0; i < QUADRANTS; i++) {
      distances.add(
          i == 0
              ? graph.layer(SMALL_BANK, nearest, small.get(i))
              : graph.layer(SMALL_BANK + "." + i, new Shared(SMALL_BANK, nearest), small.get(i)));
    }
    return graph.build(
        List.of(
            large,
            graph.joined(small.toArray(new String[0])),
            graph.layer(LARGE_BANK, nearest, large),
            graph.joined(distances.toArray(new String[0]))),
        loss);
  }

  private List<String> quadrants(String name, String patch) {
    List<String> encodings = new ArrayList<>();
    for (int i = 0; i < QUADRANTS; i++) {
      encodings.add(small(graph.part(patch, 3 * i, 3 * i + 3), name + "." + i));
    }
    return encodings;
  }

  /** Adds the encoding of a small patch; the first has the arrays, the others share them. */
  private String small(String patch, String name) {
    String owner = encoder;
    String own = "encoder." + name;
    if (owner.isEmpty()) {
      encoder = own;
    }
    String x = graph.affine(patch, 4, -2);
    int before = side;
    for (int i = 0; i < CHANNELS.length && before > 2; i++) {
      boolean halving = i == 0 && side == 32;
      Convolution convolution = valid(CHANNELS[i] * width, 3).striding(halving ? 2 : 1);
      x = graph.layer(own + "." + i + ".leaky", LEAKY, shared(owner, own, "." + i, convolution, x));
      before = halving ? (before - 3) / 2 + 1 : before - 2;
    }
    x = shared(owner, own, ".last", valid(dimension(width), before), x);
    return graph.each(Pointwise.TANH, graph.reshaped(x, dimension(width)));
  }

  private static Convolution valid(int out, int kernel) {
    return Convolution.of(out, kernel).padded(0).starting(Operation.Start.KAIMING);
  }

  private String shared(String owner, String own, String part, Operation operation, String x) {
    return graph.layer(
        own + part, owner.isEmpty() ? operation : new Shared(owner + part, operation), x);
  }

  /** Adds the encoding of a large patch from those of its quadrants. */
  private String joined(String name, List<String> small) {
    String owner = name.equals("large.patch") ? "" : "large.patch";
    String all = graph.layer(name + ".all", new Concatenation(), small.toArray(new String[0]));
    String x = shared(owner, name, ".0", Linear.of(HIDDEN), all);
    x =
        shared(
            owner, name, ".1", Linear.of(dimension(width)), graph.layer(name + ".leaky", LEAKY, x));
    return graph.each(Pointwise.TANH, x);
  }

  /** Adds the cross-entropy of where one patch lies, seen from another. */
  private String classified(String name, String from, String to, String wanted) {
    String x = graph.minus(from, to);
    for (int i = 0; i < 2; i++) {
      x = graph.layer(name + "." + i, Linear.of(HIDDEN), x);
      x = graph.layer(name + "." + i + ".leaky", LEAKY, x);
    }
    String logits = graph.layer(name + ".logits", Linear.of(POSITIONS), x);
    return graph.scaled(graph.mean(graph.times(graph.logSoftmax(logits), wanted)), -POSITIONS);
  }

  /** Adds the distance of two encodings, times its weight in the loss. */
  private String close(String a, String b, double weight) {
    String squares = graph.channelSum(graph.each(Pointwise.SQUARE, graph.minus(a, b)));
    String distance = graph.each(Pointwise.SQUARE_ROOT, graph.affine(squares, 1, SHORTEST));
    return graph.scaled(graph.mean(distance), weight);
  }
}
