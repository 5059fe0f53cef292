package org.fairspark.detect.ast;

import java.util.List;
import org.fairspark.features.BackboneSettings;
import org.fairspark.features.LayerUpsampling;
import org.fairspark.features.PatchExtractor;
import org.fairspark.features.PatchFeatures;
import org.fairspark.image.FloatImage;
import org.fairspark.network.Backbone;
import org.fairspark.network.graph.GraphBuilder;

/**
 * An image's features as both networks see them: maps of all channels, beside them the {@link
 * PositionEncoding}. The features of a place are brought to a length such that their mean square is
 * one, whatever the scale of the backbone's layers.
 *
 * @param channels of the features
 * @param height rows of patches
 * @param width columns of patches
 * @param values {@code float[channels][height][width]}
 */
public record FeatureMaps(int channels, int height, int width, float[] values) {
  /** The ports of a network's inputs. */
  record Ports(String features, String position) {
    /** Adds the inputs to a graph. */
    static Ports of(GraphBuilder graph, int channels, int height, int width) {
      return new Ports(
          graph.input("features", channels, height, width),
          graph.input("position", PositionEncoding.CHANNELS, height, width));
    }
  }

  private static PatchExtractor extractor(BackboneSettings settings) {
    return new PatchExtractor(settings, true, 1, LayerUpsampling.BILINEAR);
  }

  /**
   * Computes the features of an image.
   *
   * @param image {@code float[3][H][W]}, RGB in [0,1]
   */
  public static FeatureMaps of(BackboneSettings settings, Backbone backbone, FloatImage image) {
    PatchFeatures patches = extractor(settings).extract(backbone, image);
    int channels = patches.vectors().dimension();
    int places = patches.vectors().count();
    float[] in = patches.vectors().values();
    float[] out = new float[in.length];
    // A vector is as many of length 1, one behind the other, as there are layers.
    float scale = (float) Math.sqrt((double) channels / patches.layers().size());
    for (int place = 0; place < places; place++) {
      for (int channel = 0; channel < channels; channel++) {
        out[channel * places + place] = in[place * channels + channel] * scale;
      }
    }
    return new FeatureMaps(channels, patches.height(), patches.width(), out);
  }

  /** Returns the inputs of either network, in their order. */
  public List<float[]> inputs() {
    return List.of(values, PositionEncoding.of(height, width));
  }
}
