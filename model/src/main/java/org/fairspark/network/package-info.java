/**
 * The face of networks: architecture ({@link org.fairspark.network.NetworkSpec}: the U-Net, {@link
 * org.fairspark.network.UnetSpec} and {@link org.fairspark.network.UnetTopology}, or a list of
 * layers of {@code network.graph}), weights, losses, memory, and what an engine offers: {@link
 * org.fairspark.network.Trainer} to train, {@link org.fairspark.network.Restorer} to restore (paper
 * sections 3.3 and 4.3), {@link org.fairspark.network.TrainedGraph} to run a trained network that
 * is no U-Net.
 *
 * <p>Must not know any engine, which live in packages below this one and do not know each other;
 * must not read files or know data sets: batches come in and go out as arrays.
 *
 * <p>To add an engine:
 *
 * <ol>
 *   <li>Make a package {@code network.NAME}. An engine that restores implements {@code Restorer},
 *       one that trains {@code Trainer}; both take the number of native threads when they are made.
 *       Make the graph from the steps of {@code UnetTopology} and the weights from {@link
 *       org.fairspark.network.NetworkWeights}, whose tensors bear PyTorch's names. What it shares
 *       with another engine goes to {@code network.backend}.
 *   <li>Test it against the engine that is there: equal but for rounding, equal to itself in any
 *       batch ({@code OnnxTest} is an example).
 *   <li>For restoring, give it a constant in {@link org.fairspark.network.InferenceEngine} and its
 *       memory in {@link org.fairspark.network.MemoryEstimate#ofRestoring}; the compiler then names
 *       the places in {@code org.fairspark.inference} that must know it.
 *   <li>For training, give it a constant in {@link org.fairspark.network.TrainingEngine}, its
 *       memory in {@link org.fairspark.network.MemoryEstimate#ofTraining} and its tests against the
 *       golden vectors ({@code PytorchGoldens} is an example); then a rule in {@code
 *       org.fairspark.inference.TrainingChoice}.
 * </ol>
 */
package org.fairspark.network;
