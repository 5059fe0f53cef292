package org.fairspark.notebook;

/** Why a cell did not run: a compiler's message or an exception, and where in the cell. */
final class CellFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  /**
   * Makes a failure.
   *
   * @param line line of the cell, from 1
   */
  CellFailure(int line, String message, Throwable cause) {
    super(message, cause);
    this.line = line;
  }

  int line() {
    return line;
  }
}
