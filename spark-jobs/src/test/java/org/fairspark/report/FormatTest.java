package org.fairspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.fairspark.text.HumanUnits;
import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void numbers() {
    assertThat(Format.percent(0.97849)).isEqualTo("97.8");
    assertThat(Format.precisePercent(1)).isEqualTo("100.00");
    assertThat(Format.signed(0.61, 1)).isEqualTo("+0.6");
    assertThat(Format.signed(-12.84, 1)).isEqualTo("\u221212.8");
    assertThat(Format.signed(-0.04, 1)).as("no negative zero").isEqualTo("0.0");
    assertThat(Format.score(0.0755123)).isEqualTo("0.0755");
    assertThat(Format.score(123.456)).isEqualTo("123");
    assertThat(Format.score(1.7e-5)).isEqualTo("1.70e\u221205");
    assertThat(Format.score(0)).isEqualTo("0");
    assertThat(Format.count(9999)).isEqualTo("9999");
    assertThat(Format.count(1234567)).isEqualTo("1\u202f234\u202f567");
  }

  @Test
  void bounds() {
    assertThat(Format.bound(0.0017)).isEqualTo("0.0017");
    assertThat(Format.bound(0.4)).isEqualTo("0.40");
    assertThat(Format.bound(3e-5)).isEqualTo("0.001 at most");
  }

  @Test
  void sizesAndTimes() {
    assertThat(Format.bytes(1)).isEqualTo("1 B");
    assertThat(Format.bytes(48_213)).isEqualTo("48 kB");
    assertThat(Format.bytes(-1)).isEqualTo("unknown");
    assertThat(HumanUnits.duration(Duration.ofMillis(840))).isEqualTo("0.8 s");
    assertThat(HumanUnits.duration(Duration.ofSeconds(252))).isEqualTo("4 min 12 s");
    assertThat(HumanUnits.duration(Duration.ofSeconds(3 * 3600 + 5 * 60 + 9)))
        .isEqualTo("3 h 5 min");
    assertThat(Format.time(Instant.parse("2026-03-01T22:08:12Z")))
        .isEqualTo("1 March 2026, 22:08 UTC");
  }

  @Test
  void lists() {
    assertThat(Format.list(List.of())).isEmpty();
    assertThat(Format.list(List.of("a"))).isEqualTo("a");
    assertThat(Format.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
  }
}
