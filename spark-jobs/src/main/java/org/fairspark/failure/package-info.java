/**
 * The ways in which the product fails: {@link org.fairspark.failure.FairException} says what is
 * wrong, where, and what to do; {@link org.fairspark.failure.UnreadableFileException} is a file
 * that gives no image, with a reason; {@link org.fairspark.failure.ExitStatus} holds the exit
 * codes.
 *
 * <p>A failure that the user can act on is thrown as {@code FairException.refused} before anything
 * is started or written (exit code 2), or as {@code FairException.failed} afterwards (exit code 1).
 * A new reason for a bad file is one more constant of {@link
 * org.fairspark.failure.UnreadableFileException.Reason}; its name is what tables and lists hold, so
 * a constant is never renamed.
 *
 * <p>Must not depend on any other package.
 */
package org.fairspark.failure;
