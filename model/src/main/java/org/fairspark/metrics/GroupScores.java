package org.fairspark.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scores of parts that several images show: of each the highest of its images, and it is
 * anomalous if one of them is. An image of no part stands alone. At most {@value #MAX_GROUPS} parts
 * are told apart; with more of them none is, however the images were divided.
 */
final class GroupScores {
  static final int MAX_GROUPS = 1 << 17;

  private final SortedMap<String, Group> groups = new TreeMap<>();
  private final ImageScores aloneNormal = new ImageScores();
  private final ImageScores aloneAnomalous = new ImageScores();
  private long aloneNormalAbove;
  private long aloneAnomalousAbove;
  private boolean tooMany;

  private record Group(float score, boolean anomalous) {
    Group and(Group other) {
      return new Group(Math.max(score, other.score), anomalous || other.anomalous);
    }
  }

  /**
   * Counts an image.
   *
   * @param levels of the decision; null where there are none
   */
  void add(String group, float score, boolean anomalous, DecisionLevels levels) {
    if (!group.isEmpty()) {
      add(group, new Group(score, anomalous));
      return;
    }
    (anomalous ? aloneAnomalous : aloneNormal).add(score);
    boolean above = levels != null && score > levels.image();
    aloneNormalAbove += above && !anomalous ? 1 : 0;
    aloneAnomalousAbove += above && anomalous ? 1 : 0;
  }

  private void add(String name, Group group) {
    if (tooMany) {
      return;
    }
    groups.merge(name, group, Group::and);
    if (groups.size() > MAX_GROUPS) {
      tooMany = true;
      groups.clear();
    }
  }

  void merge(GroupScores other) {
    tooMany |= other.tooMany;
    if (tooMany) {
      groups.clear();
    }
    other.groups.forEach(this::add);
    aloneNormal.merge(other.aloneNormal);
    aloneAnomalous.merge(other.aloneAnomalous);
    aloneNormalAbove += other.aloneNormalAbove;
    aloneAnomalousAbove += other.aloneAnomalousAbove;
  }

  /**
   * Computes the metrics of parts; empty where no image is of one.
   *
   * @param levels of the decision; null where there are none
   */
  Optional<GroupResult> result(DecisionLevels levels) {
    if (tooMany) {
      return Optional.of(GroupResult.none("there are more than %d groups".formatted(MAX_GROUPS)));
    }
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    ImageScores normal = new ImageScores();
    ImageScores anomalous = new ImageScores();
    normal.merge(aloneNormal);
    anomalous.merge(aloneAnomalous);
    long normalAbove = aloneNormalAbove;
    long anomalousAbove = aloneAnomalousAbove;
    for (Group group : groups.values()) {
      (group.anomalous ? anomalous : normal).add(group.score);
      if (levels != null && group.score > levels.image()) {
        normalAbove += group.anomalous ? 0 : 1;
        anomalousAbove += group.anomalous ? 1 : 0;
      }
    }
    Optional<Confusion> decided =
        levels == null
            ? Optional.empty()
            : Optional.of(
                new Confusion(
                    anomalousAbove,
                    normalAbove,
                    normal.count() - normalAbove,
                    anomalous.count() - anomalousAbove,
                    "groups"));
    return Optional.of(
        new GroupResult(
            normal.count() + anomalous.count(),
            anomalous.count(),
            ScoreSeparation.of(normal, anomalous, "groups"),
            decided));
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(tooMany);
    Varint.write(out, groups.size());
    for (var group : groups.entrySet()) {
      out.writeUTF(group.getKey());
      out.writeFloat(group.getValue().score);
      out.writeBoolean(group.getValue().anomalous);
    }
    aloneNormal.write(out);
    aloneAnomalous.write(out);
    Varint.write(out, aloneNormalAbove);
    Varint.write(out, aloneAnomalousAbove);
  }

  static GroupScores read(DataInput in) throws IOException {
    GroupScores read = new GroupScores();
    read.tooMany = in.readBoolean();
    for (long left = Varint.read(in); left > 0; left--) {
      read.add(in.readUTF(), new Group(in.readFloat(), in.readBoolean()));
    }
    read.aloneNormal.merge(ImageScores.read(in));
    read.aloneAnomalous.merge(ImageScores.read(in));
    read.aloneNormalAbove = Varint.read(in);
    read.aloneAnomalousAbove = Varint.read(in);
    return read;
  }
}
