package org.fairspark.config;

import java.util.Optional;

/**
 * {@code score.*}.
 *
 * @param model folder of a trained model
 */
public record ScoreConfig(Optional<String> model) {

  public ScoreConfig {
    new Checks()
        .require(
            model.isEmpty() || !model.get().isBlank(),
            "score.model",
            model.orElse(""),
            "must be the folder of a trained model, or none")
        .done();
  }
}
