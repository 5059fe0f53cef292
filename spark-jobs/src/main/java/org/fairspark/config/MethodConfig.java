package org.fairspark.config;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fairspark.features.BackboneSettings;
import org.fairspark.features.FeatureSettings;

/**
 * {@code method.*}.
 *
 * @param kind the name of the method that detects anomalies
 * @param backbone ONNX file of a pretrained network; empty where the method needs none
 * @param layers outputs of the backbone, the finest first
 * @param mean of red, green and blue in 0..255 that the backbone wants subtracted
 * @param deviation of red, green and blue in 0..255 that it wants them divided by
 * @param coreset share of the patches that a memory bank keeps
 * @param bankLimit the largest number of patches that a memory bank keeps
 * @param neighbours of the memory bank that weight an image's score
 * @param dimensions features that are kept of each patch where their covariance is needed
 */
public record MethodConfig(
    @MethodName String kind,
    @Absent("none") @EffectiveIf(Condition.METHOD_HAS_BACKBONE) Optional<String> backbone,
    @Absent("none") @EffectiveIf(Condition.METHOD_HAS_BACKBONE) List<String> layers,
    @EffectiveIf(Condition.METHOD_HAS_BACKBONE) List<Double> mean,
    @EffectiveIf(Condition.METHOD_HAS_BACKBONE) List<Double> deviation,
    @EffectiveIf(Condition.METHOD_HAS_BACKBONE) double coreset,
    @EffectiveIf(Condition.METHOD_HAS_BACKBONE) int bankLimit,
    @EffectiveIf(Condition.METHOD_HAS_BACKBONE) int neighbours,
    @EffectiveIf(Condition.METHOD_HAS_BACKBONE) int dimensions) {
  public MethodConfig {
    Objects.requireNonNull(kind, "kind");
    layers = List.copyOf(layers);
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    new Checks()
        .require(
            new HashSet<>(layers).size() == layers.size(),
            "method.layers",
            layers,
            "must not name a layer twice")
        .require(mean.size() == 3, "method.mean", mean, "must be three numbers: red, green, blue")
        .require(
            deviation.size() == 3 && deviation.stream().allMatch(d -> d > 0),
            "method.deviation",
            deviation,
            "must be three numbers above 0: red, green, blue")
        .require(
            coreset > 0 && coreset <= 1,
            "method.coreset",
            Checks.number(coreset),
            "must be above 0 and at most 1")
        .atLeast("method.bank-limit", bankLimit, 1)
        .atLeast("method.neighbours", neighbours, 1)
        .atLeast("method.dimensions", dimensions, 1)
        .done();
  }

  /** Returns the settings of methods that work on a backbone's features. */
  FeatureSettings features() {
    return new FeatureSettings(
        new BackboneSettings(layers, mean, deviation), coreset, bankLimit, neighbours, dimensions);
  }
}
