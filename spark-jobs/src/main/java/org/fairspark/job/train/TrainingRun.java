package org.fairspark.job.train;

import org.fairspark.runtime.JobContext;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.Table;

/**
 * The circumstances of a training, the same for all categories.
 *
 * @param root where models go
 * @param images the table {@code images/}
 * @param samples the table {@code samples/}
 * @param workers that train together
 */
public record TrainingRun(
    JobContext context, OutputRoot root, Table images, Table samples, Workers workers) {}
