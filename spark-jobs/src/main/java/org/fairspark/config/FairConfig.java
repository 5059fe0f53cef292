package org.fairspark.config;

/** A run's whole configuration. Each part validates itself when it is made. */
public record FairConfig(
    DataConfig data,
    ImageConfig image,
    FilterConfig filter,
    CorruptionConfig corruption,
    long seed,
    ModelConfig model,
    TrainingConfig training,
    EvaluationConfig evaluation,
    SweepConfig sweep,
    ScoreConfig score,
    BadRecordsConfig badRecords,
    OutputConfig output) {}
