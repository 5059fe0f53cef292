package org.fairspark.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fairspark.failure.FairException;
import org.junit.jupiter.api.Test;

class UserNameTest {
  @Test
  void aUserWithoutANameIsToldWhatToAdd() {
    assertThatThrownBy(() -> UserName.require("?"))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("has no name on this machine")
        .hasMessageContaining("/etc/passwd")
        .hasMessageContaining("$(id -u):$(id -g)");
  }

  @Test
  void anyOtherNameWillDo() {
    assertThatCode(() -> UserName.require("fair")).doesNotThrowAnyException();
    assertThatCode(UserName::require).doesNotThrowAnyException();
  }
}
