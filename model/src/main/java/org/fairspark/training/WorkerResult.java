package org.fairspark.training;

import java.io.Serializable;
import org.fairspark.network.NetworkWeights;

/**
 * The result of a worker's steps in a round.
 *
 * @param state parameters, batch-norm statistics and Adam's moments after its steps
 * @param samples samples it saw
 * @param l2Sum sum over samples of the l2 loss
 * @param ssimSum sum over samples of the SSIM loss
 * @param trainingNanos time spent in steps, without loading the state
 * @param processorNanos processor time that this process spent meanwhile; -1 if it is not known
 */
public record WorkerResult(
    NetworkWeights state,
    int samples,
    double l2Sum,
    double ssimSum,
    long trainingNanos,
    long processorNanos)
    implements Serializable {}
