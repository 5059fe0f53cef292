/**
 * The training of AST: the teacher by parameter averaging as restoration networks are, on features
 * of normal images; then the student, each category's whole in one Spark task, on the finished
 * teacher's output for the same images.
 *
 * <p>Must not be known to anything outside of this package.
 */
package org.fairspark.job.train.ast;
