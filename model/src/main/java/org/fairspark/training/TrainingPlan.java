package org.fairspark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.random.SeededRandom;

/**
 * The order of training: which worker takes which samples in which round. It is a function of the
 * settings alone, so that any executor can be lost and any run resumed.
 *
 * <p>The variants of the corrupted images are dealt into <em>blocks</em> of {@code batchSize *
 * averagingFrequency} samples. A <em>round</em> gives one block to each worker, starts all of them
 * from the same parameters and averages what they come back with. An <em>epoch</em> shows every
 * training image once, in one variant; the next epoch takes the next variant. Blocks stay as they
 * were dealt; their order, and the order of the samples in each, are new in every epoch.
 *
 * @param seed the run's seed
 * @param category whose model is trained
 * @param images number of training images, at least 1
 * @param variants corrupted samples of each image, at least 1
 * @param height height of the images
 * @param width width of the images
 * @param batchSize samples of a step
 * @param averagingFrequency steps of a worker in a round
 * @param workers workers of a round
 * @param epochs passes over the images
 * @param learningRate Adam's
 */
public record TrainingPlan(
    long seed,
    String category,
    int images,
    int variants,
    int height,
    int width,
    int batchSize,
    int averagingFrequency,
    int workers,
    int epochs,
    LearningRate learningRate)
    implements Serializable {

  public TrainingPlan {
    if (images < 1 || variants < 1 || batchSize < 1 || averagingFrequency < 1 || workers < 1) {
      throw new IllegalArgumentException(
          ("images, variants, batch size, averaging frequency and workers must be at least 1, got"
                  + " %d, %d, %d, %d, %d")
              .formatted(images, variants, batchSize, averagingFrequency, workers));
    }
  }

  /**
   * Samples in a block: a worker's share of a round. Where the images are too few to give every
   * worker so many, they are dealt evenly instead, so that no worker stands idle through every
   * round.
   */
  public int blockSize() {
    int fairShare = Math.max(1, (images + workers - 1) / workers);
    return Math.min(Math.multiplyExact(batchSize, averagingFrequency), fairShare);
  }

  /** Blocks that hold one variant of every image. */
  public int blocksPerVariant() {
    return (images + blockSize() - 1) / blockSize();
  }

  /** Returns all blocks of all variants. */
  public int blocks() {
    return Math.multiplyExact(blocksPerVariant(), variants);
  }

  /** Returns the block of each image, by its place among the sorted image ids, for one variant. */
  public int[] deal(int variant) {
    int[] order = new int[images];
    for (int i = 0; i < images; i++) {
      order[i] = i;
    }
    SeededRandom.of(seed, "deal/" + category, variant).shuffle(order);
    int[] blockOf = new int[images];
    for (int place = 0; place < images; place++) {
      blockOf[order[place]] = variant * blocksPerVariant() + place / blockSize();
    }
    return blockOf;
  }

  /**
   * Returns the rounds of an epoch: each an array of block numbers, one for each worker that has
   * something to do.
   */
  public List<int[]> rounds(int epoch) {
    int perVariant = blocksPerVariant();
    int[] order = new int[perVariant];
    for (int i = 0; i < perVariant; i++) {
      order[i] = (epoch % variants) * perVariant + i;
    }
    SeededRandom.of(seed, "rounds/" + category, epoch).shuffle(order);
    List<int[]> rounds = new ArrayList<>();
    for (int from = 0; from < perVariant; from += workers) {
      rounds.add(java.util.Arrays.copyOfRange(order, from, Math.min(perVariant, from + workers)));
    }
    return rounds;
  }

  /** Returns the order in which an epoch goes through a block's samples, given their number. */
  public int[] order(int block, int epoch, int samples) {
    int[] order = new int[samples];
    for (int i = 0; i < samples; i++) {
      order[i] = i;
    }
    SeededRandom.of(seed, "block/" + category + "/" + block, epoch).shuffle(order);
    return order;
  }
}
