package org.fairspark.network.graph;

import java.util.List;

/**
 * An engine's side of a graph: every operation, on what the engine has for an array. A layer's
 * arrays bear its name, a point, and the suffix of {@link Operation.Weights}.
 *
 * @param <T> an array with the batch as its first dimension, or one number for the batch
 */
public interface Interpreter<T> {
  /** Has a layer take its arrays from another one. */
  void share(String layer, String owner);

  T convolution(Convolution operation, String layer, T x);

  T transposedConvolution(TransposedConvolution operation, String layer, T x);

  T batchNormalization(String layer, T x);

  T layerNormalization(String layer, T x);

  T linear(Linear operation, String layer, T x);

  T pointwise(Pointwise operation, String layer, T x);

  T leakyRelu(LeakyRelu operation, String layer, T x);

  T affine(Affine operation, String layer, T x);

  T arithmetic(Arithmetic operation, String layer, T a, T b);

  T concatenation(String layer, List<T> parts);

  T slice(Slice operation, String layer, T x);

  T channelOrder(ChannelOrder operation, String layer, T x);

  T pooling(Pooling operation, String layer, T x);

  T enlargement(Enlargement operation, String layer, T x);

  T reduction(Reduction operation, String layer, T x);

  T unitLength(String layer, T x);

  T reshape(Reshape operation, String layer, T x);

  T permutation(Permutation operation, String layer, T x);

  T product(Product operation, String layer, T a, T b);

  T embedding(Embedding operation, String layer, T numbers);

  T offset(String layer, T x);

  T gather(String layer, T rows, T numbers);

  T softmax(Softmax operation, String layer, T x);

  T nearest(String layer, T x);
}
