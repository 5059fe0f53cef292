package org.fairspark.config;

import java.io.Serializable;

/**
 * {@code inference.*}: how tasks that detect anomalies use GPUs.
 *
 * @param requireGpu whether a job is refused where it could only detect on CPUs
 * @param shareGpus whether all tasks of an executor use its GPUs at a time
 */
public record InferenceConfig(boolean requireGpu, boolean shareGpus) implements Serializable {}
