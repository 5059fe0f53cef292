package org.fairspark.store.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.fairspark.image.ImageTraits;
import org.fairspark.image.ImageTraits.Trait;
import org.fairspark.metrics.ValueCounts;
import org.fairspark.text.Json;

/**
 * The brightness, contrast and sharpness of the images that a model was calibrated with: a part of
 * {@code calibration.json}, against which new images are held.
 *
 * @param values by trait; empty for a model of an older version, or without a calibration
 */
public record KnownTraits(Map<Trait, ValueCounts> values) {
  public static final KnownTraits NONE = new KnownTraits(Map.of());

  public KnownTraits {
    Map<Trait, ValueCounts> copy = new EnumMap<>(Trait.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** Returns those of some images. */
  public static KnownTraits of(Collection<ImageTraits> images) {
    Map<Trait, ValueCounts> values = new EnumMap<>(Trait.class);
    for (Trait trait : Trait.values()) {
      ValueCounts counts = new ValueCounts();
      images.forEach(image -> counts.add((float) image.value(trait)));
      values.put(trait, counts);
    }
    return new KnownTraits(values);
  }

  /** Returns the fields: of each trait its values, each with the number of images. */
  ObjectNode tree() {
    ObjectNode tree = Json.object();
    values.forEach(
        (trait, counts) -> {
          ArrayNode list = tree.putArray(trait.word());
          counts.byValue().forEach((value, n) -> list.addArray().add(value).add(n));
        });
    return tree;
  }

  /** Reads the fields. */
  static KnownTraits of(JsonNode tree) {
    Map<Trait, ValueCounts> values = new EnumMap<>(Trait.class);
    for (Trait trait : Trait.values()) {
      if (tree.has(trait.word())) {
        ValueCounts counts = new ValueCounts();
        tree.get(trait.word())
            .forEach(pair -> counts.add((float) pair.get(0).asDouble(), pair.get(1).asLong()));
        values.put(trait, counts);
      }
    }
    return new KnownTraits(values);
  }
}
