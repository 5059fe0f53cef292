/**
 * One class a command: the distribution of what the model module computes; what a job works with
 * (context, terminal, progress) and how it ends.
 *
 * <p>Must not hold science: whatever a task computes is a function of the model module.
 */
package org.fairspark.runtime;
