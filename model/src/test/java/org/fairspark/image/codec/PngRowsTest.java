package org.fairspark.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PngRowsTest {
  @Test
  void paethIsTheSpecificationsForAllNeighbours() {
    for (int left = 0; left < 256; left++) {
      for (int above = 0; above < 256; above++) {
        for (int corner = 0; corner < 256; corner++) {
          if (PngRows.paeth(left, above, corner) != specified(left, above, corner)) {
            assertThat(PngRows.paeth(left, above, corner))
                .as("left %d, above %d, corner %d", left, above, corner)
                .isEqualTo(specified(left, above, corner));
          }
        }
      }
    }
  }

  /** Computes the predictor as in the PNG specification, second edition, section 9.4. */
  private static int specified(int a, int b, int c) {
    int p = a + b - c;
    int pa = Math.abs(p - a);
    int pb = Math.abs(p - b);
    int pc = Math.abs(p - c);
    if (pa <= pb && pa <= pc) {
      return a;
    }
    return pb <= pc ? b : c;
  }
}
