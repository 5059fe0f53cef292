/**
 * Networks that are not the U-Net, as data: a {@link org.fairspark.network.graph.GraphSpec} is a
 * list of named layers from a few operations, with its inputs, its outputs and its loss. From one
 * spec are made PyTorch's forward pass, whose gradients PyTorch finds itself, the ONNX file by
 * which the trained network runs everywhere, the arrays and how they begin, and what memory it
 * takes. Averaging, checkpoints and files of weights see a {@link
 * org.fairspark.network.NetworkSpec} as any other.
 *
 * <p>To make a network: {@link org.fairspark.network.graph.GraphBuilder}; each of its methods adds
 * a layer and returns its name. Shapes are of one sample; layers that make the loss are layers too,
 * and those that only the loss needs are not in the ONNX file. All sizes are fixed.
 *
 * <pre>{@code
 * GraphBuilder graph = new GraphBuilder("classifier");
 * String image = graph.input("image", 3, 64, 64);
 * String wanted = graph.target("class", 2); // one-hot
 * String first = graph.layer("first", Convolution.of(16, 3).striding(2).withoutBias(), image);
 * String seen = graph.globalMean(graph.relu(graph.layer("first_norm", new BatchNormalization(), first)));
 * String logits = graph.layer("logits", Linear.of(2), seen);
 * String loss = graph.scaled(graph.mean(graph.times(graph.logSoftmax(logits), wanted)), -2);
 * GraphSpec spec = graph.build(List.of(logits), loss);
 * }</pre>
 *
 * <p>To add an operation: a record that implements {@link org.fairspark.network.graph.Operation},
 * and a method for it in {@link org.fairspark.network.graph.Interpreter}; the compiler then names
 * the engines that must know it. A line in {@code GraphOperationsTest} holds its ONNX against
 * PyTorch and its gradients against differences.
 *
 * <p>Must not know engines nor methods.
 */
package org.fairspark.network.graph;
