/**
 * The command line: jobs, options, exit codes.
 *
 * <p>Must not do a job's work.
 */
package org.fairspark.cli;
