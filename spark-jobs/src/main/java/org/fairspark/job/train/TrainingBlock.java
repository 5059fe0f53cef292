package org.fairspark.job.train;

import java.io.Serializable;
import java.util.List;
import org.fairspark.training.TrainingSample;

/**
 * The samples of one block, in the order of the sorted image ids; one element fills one RDD
 * partition.
 */
record TrainingBlock(int number, List<TrainingSample> samples) implements Serializable {}
