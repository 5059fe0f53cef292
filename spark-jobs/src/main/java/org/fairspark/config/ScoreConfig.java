package org.fairspark.config;

import java.util.Optional;

/**
 * {@code score.*}.
 *
 * @param model folder of a trained model
 */
public record ScoreConfig(Optional<String> model) {}
