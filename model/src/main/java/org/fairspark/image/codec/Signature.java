package org.fairspark.image.codec;

/**
 * The first bytes of a format's files.
 *
 * @param bytes one character per byte (ISO 8859-1); {@code ?} stands for any byte
 */
record Signature(String bytes) {
  private static final char ANY = '?';

  /** Returns whether the file begins with this signature. */
  boolean matches(byte[] file) {
    return file.length >= bytes.length() && agrees(file, bytes.length());
  }

  /** Returns whether the file ends within this signature, so that a whole one might match. */
  boolean isCutShort(byte[] file) {
    return file.length < bytes.length() && agrees(file, file.length);
  }

  private boolean agrees(byte[] file, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes.charAt(i) != ANY && bytes.charAt(i) != (file[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }
}
