package org.fairspark.store.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.modelfile.SafeTensors;
import org.fairspark.scoring.Mixture;
import org.fairspark.scoring.NormalMaps;
import org.fairspark.scoring.PositionProfile;

/**
 * {@code positions.safetensors} of a model: what is normal at each position of its maps. Tensors of
 * the anomaly map have plain names; those of the maps beside it begin with {@code map2.}, {@code
 * map3.} and so on, and are there for a mixture of scores alone, with {@code mixture.log_mean} and
 * {@code mixture.log_deviation}.
 */
final class PositionsFile {
  static final String NAME = "positions.safetensors";

  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";
  private static final String LOG_MEAN = "log_mean";
  private static final String LOG_DEVIATION = "log_deviation";
  private static final String MIXTURE = "mixture.";

  /** Three maps of 4096 x 4096. */
  private static final long MAX_BYTES = 3 * 4L * Float.BYTES * 4096 * 4096;

  private PositionsFile() {}

  static void write(NormalMaps normals, OutputStream out) throws IOException {
    Map<String, SafeTensors.Tensor> tensors = new LinkedHashMap<>();
    for (int map = 0; map < normals.profiles().size(); map++) {
      PositionProfile profile = normals.profiles().get(map);
      List<Integer> shape = List.of(profile.height(), profile.width());
      tensors.put(prefix(map) + MEAN, new SafeTensors.Tensor(shape, profile.mean()));
      tensors.put(prefix(map) + DEVIATION, new SafeTensors.Tensor(shape, profile.deviation()));
      tensors.put(prefix(map) + LOG_MEAN, new SafeTensors.Tensor(shape, profile.logMean()));
      tensors.put(
          prefix(map) + LOG_DEVIATION, new SafeTensors.Tensor(shape, profile.logDeviation()));
    }
    Mixture mixture = normals.mixture();
    if (mixture != Mixture.NONE) {
      List<Integer> parts = List.of(mixture.logMean().length);
      tensors.put(MIXTURE + LOG_MEAN, new SafeTensors.Tensor(parts, mixture.logMean()));
      tensors.put(MIXTURE + LOG_DEVIATION, new SafeTensors.Tensor(parts, mixture.logDeviation()));
    }
    new SafeTensors(tensors, Map.of()).write(out);
  }

  private static String prefix(int map) {
    return map == 0 ? "" : "map%d.".formatted(map + 1);
  }

  static NormalMaps read(InputStream in) throws IOException {
    Map<String, SafeTensors.Tensor> tensors = SafeTensors.read(in, MAX_BYTES).tensors();
    try {
      List<PositionProfile> profiles = new ArrayList<>();
      do {
        profiles.add(profile(tensors, prefix(profiles.size())));
      } while (tensors.containsKey(prefix(profiles.size()) + MEAN));
      return new NormalMaps(
          profiles,
          tensors.containsKey(MIXTURE + LOG_MEAN)
              ? new Mixture(
                  plane(tensors, MIXTURE + LOG_MEAN, 1).values(),
                  plane(tensors, MIXTURE + LOG_DEVIATION, 1).values())
              : Mixture.NONE);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static PositionProfile profile(Map<String, SafeTensors.Tensor> tensors, String prefix)
      throws IOException {
    List<Integer> shape = plane(tensors, prefix + MEAN, 2).shape();
    return new PositionProfile(
        shape.get(0),
        shape.get(1),
        plane(tensors, prefix + MEAN, 2).values(),
        plane(tensors, prefix + DEVIATION, 2).values(),
        plane(tensors, prefix + LOG_MEAN, 2).values(),
        plane(tensors, prefix + LOG_DEVIATION, 2).values());
  }

  private static SafeTensors.Tensor plane(
      Map<String, SafeTensors.Tensor> tensors, String name, int dimensions) throws IOException {
    SafeTensors.Tensor tensor = tensors.get(name);
    if (tensor == null || tensor.shape().size() != dimensions) {
      throw new IOException(
          "the tensor %s of %d dimension(s) is missing".formatted(name, dimensions));
    }
    return tensor;
  }
}
