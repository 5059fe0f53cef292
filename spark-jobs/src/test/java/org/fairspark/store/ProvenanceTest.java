package org.fairspark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private static final String ONE = "0123456789abcdef".repeat(4);
  private static final String OTHER = "fedcba9876543210".repeat(4);

  @Test
  void settingsAreNamedWithBothValuesAndFingerprintsComeLast() {
    Provenance there =
        Provenance.of(
            Map.of("a samples", ONE, "image.size", "64", "images", "20 (fingerprint " + ONE + ")"));
    Provenance now =
        Provenance.of(
            Map.of(
                "a samples",
                OTHER,
                "image.size",
                "128",
                "images",
                "21 (fingerprint " + OTHER + ")"));
    assertThat(there.differences(now))
        .containsExactly(
            "image.size: there 64, now 128",
            "images: there 20, now 21",
            "a samples: not the same (fingerprints 01234567, fedcba98)");
    assertThat(there.differences(there.with("images", "20 (fingerprint " + OTHER + ")")))
        .containsExactly(
            "images: there 20, now as many, of which some are others or were written again"
                + " (fingerprints 01234567, fedcba98)");
  }

  @Test
  void whatWasNotThereIsNamedAsSuch() {
    Provenance none = Provenance.of(Map.of());
    assertThat(none.differences(none.with("image.size", 64)))
        .containsExactly("image.size: there nothing, now 64");
    assertThat(none.with("samples", ONE).differences(none))
        .containsExactly("samples: not the same (fingerprints 01234567, nothing)");
  }
}
