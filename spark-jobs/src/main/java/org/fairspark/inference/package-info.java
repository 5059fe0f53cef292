/**
 * Trained networks in executors: which engine restores, how a model gets there, and who has it
 * while a task runs.
 *
 * <p>Must not know what is restored or what becomes of it.
 */
package org.fairspark.inference;
