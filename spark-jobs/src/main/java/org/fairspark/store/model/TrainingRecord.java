package org.fairspark.store.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fairspark.training.TrainingPlan;

/**
 * The entry {@code training} of a model's manifest, which its ONNX file repeats: how the network
 * was trained.
 *
 * @param plan the order of the samples
 * @param samplesOfImage how many of an image an epoch shows
 * @param heldOut ids of the images that it was not trained on
 * @param duration of all epochs
 */
public record TrainingRecord(
    TrainingPlan plan, int samplesOfImage, List<String> heldOut, Duration duration) {
  public TrainingRecord {
    heldOut = List.copyOf(heldOut);
  }

  /** Returns the entry's fields by their names. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("images", plan.images() / samplesOfImage);
    fields.put("held_out", heldOut);
    fields.put("variants", plan.variants());
    if (samplesOfImage > 1) {
      fields.put("samples_of_image", samplesOfImage);
    }
    fields.put("epochs", plan.epochs());
    fields.put("samples_seen", (long) plan.epochs() * plan.images());
    fields.put("batch_size", plan.batchSize());
    fields.put("learning_rate", plan.learningRate().base());
    fields.put("schedule", plan.learningRate().schedule().name().toLowerCase(Locale.ROOT));
    fields.put("workers", plan.workers());
    fields.put("averaging_frequency", plan.averagingFrequency());
    fields.put("seed", plan.seed());
    fields.put("seconds", duration.toMillis() / 1000.0);
    return fields;
  }
}
