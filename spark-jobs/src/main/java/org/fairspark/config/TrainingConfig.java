package org.fairspark.config;

import java.util.OptionalInt;

/**
 * {@code training.*}.
 *
 * @param epochs passes over the training images, each with the next variant of every image
 * @param batchSize samples a worker takes a step
 * @param learningRate Adam's, before it falls to a fifth at 80 % and again at 90 % of the epochs
 * @param workers averaging workers; empty follows the executors
 * @param averagingFrequency steps of every worker between two averagings
 */
public record TrainingConfig(
    int epochs, int batchSize, double learningRate, OptionalInt workers, int averagingFrequency) {}
