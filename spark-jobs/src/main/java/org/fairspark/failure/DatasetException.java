package org.fairspark.failure;

/** A data set that cannot be used as it is: what is wrong, where, and what to do about it. */
public final class DatasetException extends RuntimeException {
  private final String what;
  private final String where;
  private final String remedy;

  public DatasetException(String what, String where, String remedy) {
    this(what, where, remedy, null);
  }

  public DatasetException(String what, String where, String remedy, Throwable cause) {
    super(what + "\n  where: " + where + "\n  what to do: " + remedy, cause);
    this.what = what;
    this.where = where;
    this.remedy = remedy;
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
