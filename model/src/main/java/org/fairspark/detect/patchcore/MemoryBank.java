package org.fairspark.detect.patchcore;

import org.fairspark.features.NearestNeighbours;
import org.fairspark.features.NearestNeighbours.Neighbours;
import org.fairspark.features.PatchFeatures;
import org.fairspark.features.Vectors;
import org.fairspark.modelfile.SafeTensors;

/** The memory bank: features of patches of normal images, which new patches are compared with. */
final class MemoryBank {
  static final String BANK = "normal_patches";

  private final Vectors vectors;
  private final NearestNeighbours neighbours;

  private MemoryBank(Vectors vectors) {
    this.vectors = vectors;
    this.neighbours = new NearestNeighbours(vectors);
  }

  /**
   * Reads a model.
   *
   * @throws IllegalArgumentException if it holds no bank
   */
  static MemoryBank of(SafeTensors model) {
    SafeTensors.Tensor bank = model.tensors().get(BANK);
    if (bank == null || bank.shape().size() != 2) {
      throw new IllegalArgumentException(
          "the model holds no %s of two dimensions, only %s"
              .formatted(BANK, model.tensors().keySet()));
    }
    return new MemoryBank(new Vectors(bank.shape().get(0), bank.shape().get(1), bank.values()));
  }

  /**
   * An image's distances from the bank.
   *
   * @param distances of every patch to its nearest vector, {@code float[height][width]}
   * @param score the largest of them, weighted
   */
  record Distances(float[] distances, float score) {}

  /**
   * Compares an image's patches with the bank (PatchCore's equations 6 and 7).
   *
   * @param k neighbours of the bank's vector that is nearest to the farthest patch: where they are
   *     far from that patch as well, the score is weighted up
   */
  Distances compare(PatchFeatures patches, int k) {
    if (patches.vectors().dimension() != vectors.dimension()) {
      throw new IllegalArgumentException(
          "patches have %d features, the memory bank's %d: it was fitted with another backbone"
              .formatted(patches.vectors().dimension(), vectors.dimension()));
    }
    Vectors queries = patches.vectors();
    float[] distances = new float[queries.count()];
    int farthest = 0;
    int match = 0;
    int beside = 0;
    for (int p = 0; p < distances.length; p++) {
      Neighbours nearest =
          neighbours.nearestFrom(queries.values(), p * queries.dimension(), beside);
      distances[p] = nearest.distances()[0];
      beside = nearest.indexes()[0];
      if (distances[p] > distances[farthest] || p == 0) {
        farthest = p;
        match = beside;
      }
    }
    return new Distances(
        distances, (float) (weight(queries, farthest, match, k) * distances[farthest]));
  }

  private double weight(Vectors queries, int patch, int match, int k) {
    int dimension = vectors.dimension();
    if (k <= 1 || vectors.count() == 1) {
      return 1;
    }
    Neighbours support = neighbours.nearest(vectors.values(), match * dimension, k);
    double own = distance(queries, patch, match);
    double sum = 0;
    for (int index : support.indexes()) {
      sum += StrictMath.exp(distance(queries, patch, index) - own);
    }
    return 1 - 1 / sum;
  }

  private double distance(Vectors queries, int patch, int index) {
    int dimension = vectors.dimension();
    double sum = 0;
    for (int d = 0; d < dimension; d++) {
      double e = queries.values()[patch * dimension + d] - vectors.values()[index * dimension + d];
      sum += e * e;
    }
    return Math.sqrt(sum);
  }
}
