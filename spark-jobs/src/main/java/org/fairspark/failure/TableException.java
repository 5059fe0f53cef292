package org.fairspark.failure;

/** A table or output root that cannot be used: what is wrong, where, and what to do about it. */
public final class TableException extends RuntimeException {

  /** What kind of trouble it is. */
  public enum Kind {
    /** There is no such table. */
    MISSING,
    /** The table is not whole, or is not what its manifest says. */
    DAMAGED,
    /** The output root holds results of another configuration, or files of another program. */
    CONFLICT,
    /** Another run works on the output root. */
    LOCKED,
    /** The output root cannot be written to. */
    NOT_WRITABLE;

    /** Whether the trouble is found before any work, so that nothing was started or written. */
    public boolean isRefusal() {
      return this != DAMAGED;
    }
  }

  private final Kind kind;
  private final String what;
  private final String where;
  private final String remedy;

  public TableException(Kind kind, String what, String where, String remedy) {
    this(kind, what, where, remedy, null);
  }

  public TableException(Kind kind, String what, String where, String remedy, Throwable cause) {
    super(what + "\n  where: " + where + "\n  what to do: " + remedy, cause);
    this.kind = kind;
    this.what = what;
    this.where = where;
    this.remedy = remedy;
  }

  public Kind kind() {
    return kind;
  }

  public String what() {
    return what;
  }

  public String where() {
    return where;
  }

  public String remedy() {
    return remedy;
  }
}
