package org.fairspark.metrics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counts of a category's images by the value of one trait, such as the view. At most {@value
 * #MAX_VALUES} values are told apart, so that memory stays bounded; with more of them none is,
 * however the images were divided. Images without a value are not counted here.
 */
final class SliceTallies {
  static final int MAX_VALUES = 32;

  private final SortedMap<String, Slice> slices = new TreeMap<>();
  private boolean tooMany;

  /** The counts of images with one value. */
  record Slice(Tally normal, Tally anomalous) {
    Slice() {
      this(new Tally(), new Tally());
    }

    void merge(Slice other) {
      normal.merge(other.normal);
      anomalous.merge(other.anomalous);
    }
  }

  /** Returns whether images with a value are counted. */
  boolean counts(String value) {
    return !value.isEmpty() && !tooMany;
  }

  /** Returns the counts of a value, to add to. */
  Slice of(String value) {
    Slice slice = slices.computeIfAbsent(value, v -> new Slice());
    if (slices.size() > MAX_VALUES) {
      tooMany = true;
      slices.clear();
    }
    return slice;
  }

  void merge(SliceTallies other) {
    tooMany |= other.tooMany;
    if (tooMany) {
      slices.clear();
      return;
    }
    for (var slice : other.slices.entrySet()) {
      if (!tooMany) {
        of(slice.getKey()).merge(slice.getValue());
      }
    }
  }

  /** Computes the metrics of every value. */
  Slices result(MaskConvention masks, double fprLimit, DecisionLevels levels) {
    SortedMap<String, SliceResult> results = new TreeMap<>();
    slices.forEach(
        (value, slice) ->
            results.put(
                value, SliceResult.of(slice.normal(), slice.anomalous(), masks, fprLimit, levels)));
    return new Slices(
        results, tooMany ? "there are more than %d values".formatted(MAX_VALUES) : "");
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(tooMany);
    Varint.write(out, slices.size());
    for (var slice : slices.entrySet()) {
      out.writeUTF(slice.getKey());
      slice.getValue().normal().write(out);
      slice.getValue().anomalous().write(out);
    }
  }

  static SliceTallies read(DataInput in) throws IOException {
    SliceTallies read = new SliceTallies();
    read.tooMany = in.readBoolean();
    for (long left = Varint.read(in); left > 0; left--) {
      read.slices.put(in.readUTF(), new Slice(Tally.read(in), Tally.read(in)));
    }
    return read;
  }
}
