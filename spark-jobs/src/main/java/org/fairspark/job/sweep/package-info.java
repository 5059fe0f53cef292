/**
 * The sweep command: every combination of a grid of settings trained and evaluated, as often as
 * asked for, and compared.
 *
 * <p>A {@link org.fairspark.config.TrialGroup} is one combination of settings; the configuration
 * key {@code sweep.cells}, the folder {@code cells/}, the tables and the page call it a cell. A
 * {@code Trial} is one training and evaluation of it, with its own seed. {@code SweepPlan} says
 * which trials there are and what they share, {@code TrialRunner} takes the steps of one, {@code
 * SideBySide} trains many at a time, {@code TrialRecords} keeps what finished ones came to, and the
 * rest compares them.
 *
 * <p>Must not prepare, train, evaluate or describe a run by code of its own: it runs the other
 * commands' jobs. No other command but run and bench may need this package.
 */
package org.fairspark.job.sweep;
