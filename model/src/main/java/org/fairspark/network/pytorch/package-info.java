/**
 * Training in PyTorch through DJL: the engine for GPUs that Deeplearning4j's natives are too old
 * for.
 *
 * <p>Only this package knows {@code ai.djl}. DJL is not in the ordinary jar: these classes are
 * compiled against it, and {@link org.fairspark.network.pytorch.PytorchLibrary} says whether it and
 * its natives are there (Maven profiles {@code pytorch} and {@code pytorch-gpu}). Other packages
 * ask that class before they touch {@link org.fairspark.network.pytorch.PytorchTrainer}.
 *
 * <p>DJL frees an array when its manager is closed and not before. Every operation's result belongs
 * to the manager of its first argument: what lives longer than a step comes into a step by {@link
 * org.fairspark.network.pytorch.PytorchArrays#within}.
 */
package org.fairspark.network.pytorch;
