package org.fairspark.store.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.scoring.PositionProfile;

/** {@code positions.safetensors} of a model: what is normal at each position of its maps. */
final class PositionsFile {
  static final String NAME = "positions.safetensors";

  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";
  private static final String LOG_MEAN = "log_mean";
  private static final String LOG_DEVIATION = "log_deviation";

  /** Maps of 4096 x 4096. */
  private static final long MAX_BYTES = 4L * Float.BYTES * 4096 * 4096;

  private PositionsFile() {}

  static void write(PositionProfile profile, OutputStream out) throws IOException {
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    List<Integer> shape = List.of(profile.height(), profile.width());
    tensors.put(MEAN, new SafeTensors.Tensor(shape, profile.mean()));
    tensors.put(DEVIATION, new SafeTensors.Tensor(shape, profile.deviation()));
    tensors.put(LOG_MEAN, new SafeTensors.Tensor(shape, profile.logMean()));
    tensors.put(LOG_DEVIATION, new SafeTensors.Tensor(shape, profile.logDeviation()));
    new SafeTensors(tensors, Map.of()).write(out);
  }

  static PositionProfile read(InputStream in) throws IOException {
    Map<String, SafeTensors.Tensor> tensors = SafeTensors.read(in, MAX_BYTES).tensors();
    for (String name : List.of(MEAN, DEVIATION, LOG_MEAN, LOG_DEVIATION)) {
      if (!tensors.containsKey(name) || tensors.get(name).shape().size() != 2) {
        throw new IOException("the tensor %s of a map's size is missing".formatted(name));
      }
    }
    List<Integer> shape = tensors.get(MEAN).shape();
    try {
      return new PositionProfile(
          shape.get(0),
          shape.get(1),
          tensors.get(MEAN).values(),
          tensors.get(DEVIATION).values(),
          tensors.get(LOG_MEAN).values(),
          tensors.get(LOG_DEVIATION).values());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
