package org.fairspark.config;

import java.util.Objects;
import java.util.Optional;
import org.fairspark.corruption.CleanImages;
import org.fairspark.corruption.CorruptionRecipe;
import org.fairspark.corruption.CutPasteStyle;

/**
 * {@code corruption.*}: the synthesized anomalies.
 *
 * @param textures folder of texture images (searched recursively); empty takes textures from the
 *     training images
 * @param variants corrupted samples made from each training image
 * @param recipe which corruptions
 * @param cutpaste how the large CutPaste is made
 * @param photometric how much the light of input and target changes alike, from 0 (not) to 1
 */
public record CorruptionConfig(
    @Absent("none") @EffectiveIf(Condition.RECIPE_TAKES_TEXTURES) Optional<String> textures,
    int variants,
    CorruptionRecipe recipe,
    @EffectiveIf(Condition.RECIPE_PASTES) CutPasteStyle cutpaste,
    @EffectiveIf(Condition.LIGHT_IS_CHANGED) double photometric) {

  public CorruptionConfig {
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(cutpaste, "cutpaste");
    textures = Locations.expanded("corruption.textures", textures);
    new Checks()
        .require(
            textures.isEmpty() || !textures.get().isBlank(),
            "corruption.textures",
            textures.orElse(""),
            "must be a folder, or none")
        .atLeast("corruption.variants", variants, 1)
        .require(
            photometric >= 0 && photometric <= 1,
            "corruption.photometric",
            Checks.number(photometric),
            "must be a number from 0 to 1")
        .done();
  }

  /** Returns the clean images that samples are made of. */
  public CleanImages clean() {
    return new CleanImages(photometric);
  }
}
