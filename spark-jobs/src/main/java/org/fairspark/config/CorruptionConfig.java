package org.fairspark.config;

import java.util.Objects;
import java.util.Optional;
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
 */
public record CorruptionConfig(
    @Absent("none") @EffectiveIf(Condition.IMAGES_ARE_CORRUPTED) Optional<String> textures,
    int variants,
    CorruptionRecipe recipe,
    @EffectiveIf(Condition.IMAGES_ARE_CORRUPTED) CutPasteStyle cutpaste) {

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
        .done();
  }
}
