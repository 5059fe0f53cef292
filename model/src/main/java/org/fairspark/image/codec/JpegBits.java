package org.fairspark.image.codec;

import java.io.ByteArrayOutputStream;

/** The bits of a JPEG's entropy-coded data, of which some are copied as they are taken. */
final class JpegBits {
  private final byte[] file;
  private final int end;
  private int at;
  private int current;
  private int left;

  private ByteArrayOutputStream to;
  private int pending;
  private int pendingBits;

  JpegBits(byte[] file, int start, int end) {
    this.file = file;
    this.at = start;
    this.end = end;
  }

  /** Copies what is taken from now on; null copies nothing. */
  void copyTo(ByteArrayOutputStream out) {
    to = out;
  }

  /** Takes up to 16 bits. */
  int take(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (left == 0) {
        load();
      }
      int bit = current >> --left & 1;
      value = value << 1 | bit;
      if (to != null) {
        put(to, bit);
      }
    }
    return value;
  }

  private void load() {
    if (at >= end) {
      throw new IndexOutOfBoundsException("the coded data end at " + end);
    }
    current = file[at++] & 0xFF;
    if (current == 0xFF) {
      // A zero is stuffed behind it.
      at++;
    }
    left = 8;
  }

  private void put(ByteArrayOutputStream out, int bit) {
    pending = pending << 1 | bit;
    if (++pendingBits == 8) {
      out.write(pending);
      if (pending == 0xFF) {
        out.write(0);
      }
      pending = 0;
      pendingBits = 0;
    }
  }

  /** Passes over a restart marker, and writes one. */
  void restart(ByteArrayOutputStream out, int marker) {
    finish(out);
    left = 0;
    at += 2;
    out.write(0xFF);
    out.write(marker);
  }

  /** Fills the last byte up with ones. */
  void finish(ByteArrayOutputStream out) {
    while (pendingBits != 0) {
      put(out, 1);
    }
  }
}
