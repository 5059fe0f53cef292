package org.fairspark.image.codec;

import java.util.List;

/** A run of bytes in a file: one piece of data that the format stores in several chunks. */
record Span(int start, int length) {
  /** Returns how many bytes the spans have together. */
  static int total(List<Span> spans) {
    return spans.stream().mapToInt(Span::length).sum();
  }
}
