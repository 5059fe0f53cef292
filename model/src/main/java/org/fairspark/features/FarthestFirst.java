package org.fairspark.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The greedy choice, one vector after the other. Every vector belongs to the chosen one that is
 * nearest to it. Where two chosen ones are so far from each other that by the triangle inequality
 * none of the first one's vectors can be nearer to the second, these are not compared with it: most
 * comparisons are left out, and the choice is the same.
 */
final class FarthestFirst {
  /**
   * The share of a computed squared distance that counts, against rounding: a sum of n squares is
   * off by less than n times 6e-8.
   */
  private static final float SURE = 1 - 1e-3f;

  private final Vectors vectors;
  private final float[] nearest;
  private final List<Cluster> clusters = new ArrayList<>();

  FarthestFirst(Vectors vectors) {
    this.vectors = vectors;
    this.nearest = new float[vectors.count()];
  }

  /** The vectors that a chosen one is nearest to. */
  private static final class Cluster {
    private final int center;
    private int[] members = new int[8];
    private int size;

    /** The largest squared distance of a member; of equally far ones the first. */
    private float most = -1;

    private int farthest;

    Cluster(int center) {
      this.center = center;
    }

    void add(int member, float distance) {
      if (size == members.length) {
        members = Arrays.copyOf(members, 2 * size);
      }
      members[size++] = member;
      if (distance > most || (distance == most && member < farthest)) {
        most = distance;
        farthest = member;
      }
    }
  }

  /** Chooses a vector. */
  void choose(int chosen) {
    Cluster own = new Cluster(chosen);
    if (clusters.isEmpty()) {
      for (int i = 0; i < nearest.length; i++) {
        nearest[i] = distance(i, chosen, Float.POSITIVE_INFINITY);
        own.add(i, nearest[i]);
      }
    } else {
      clusters.forEach(cluster -> divide(cluster, own));
    }
    clusters.add(own);
  }

  /** Moves the members that are nearer to the newly chosen vector. */
  private void divide(Cluster cluster, Cluster own) {
    float half = SURE / 4 * distance(cluster.center, own.center, Float.POSITIVE_INFINITY);
    if (cluster.most <= half) {
      return;
    }
    int size = cluster.size;
    cluster.size = 0;
    cluster.most = -1;
    for (int m = 0; m < size; m++) {
      int member = cluster.members[m];
      float distance = nearest[member];
      if (distance > half) {
        float other = distance(member, own.center, distance);
        if (other < distance) {
          nearest[member] = other;
          own.add(member, other);
          continue;
        }
      }
      cluster.add(member, distance);
    }
  }

  private float distance(int i, int j, float limit) {
    int dimension = vectors.dimension();
    return SquaredDistance.within(
        vectors.values(), i * dimension, vectors.values(), j * dimension, dimension, limit);
  }

  /** Returns the vector that is farthest from all chosen ones; of equally far ones the first. */
  int farthest() {
    return farthestCluster().farthest;
  }

  /** Returns the squared distance that is left. */
  float most() {
    return farthestCluster().most;
  }

  private Cluster farthestCluster() {
    Cluster best = clusters.get(0);
    for (Cluster cluster : clusters) {
      if (cluster.most > best.most
          || (cluster.most == best.most && cluster.farthest < best.farthest)) {
        best = cluster;
      }
    }
    return best;
  }
}
