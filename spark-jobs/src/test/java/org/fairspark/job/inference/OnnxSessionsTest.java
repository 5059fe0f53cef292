package org.fairspark.job.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import org.fairspark.network.NetworkShape;
import org.fairspark.network.NetworkState;
import org.fairspark.network.OnnxExport;
import org.fairspark.network.OnnxRestorer;
import org.junit.jupiter.api.Test;

class OnnxSessionsTest {
  private static final byte[] FILE =
      OnnxExport.bytes(NetworkState.initial(new NetworkShape(1, 2, true), 1), Map.of());

  private static OnnxSessions.Key key(String model) {
    return new OnnxSessions.Key(model, 1, OptionalInt.empty());
  }

  @Test
  void aSessionServesOneTaskAfterAnotherUntilAnotherModelsTurn() {
    OnnxRestorer first = OnnxSessions.take(key("a"), () -> FILE);
    OnnxRestorer beside = OnnxSessions.take(key("a"), () -> FILE);
    assertThat(beside).as("what a second task gets meanwhile").isNotSameAs(first);
    OnnxSessions.give(key("a"), first);
    assertThat(OnnxSessions.take(key("a"), () -> FILE)).as("the next task's").isSameAs(first);
    OnnxSessions.give(key("a"), first);

    OnnxRestorer other = OnnxSessions.take(key("b"), () -> FILE);
    assertThat(OnnxSessions.idle()).as("idle sessions of the model before").isZero();
    OnnxSessions.give(key("a"), beside);
    assertThat(OnnxSessions.idle()).as("a straggler's session").isZero();
    OnnxSessions.give(key("b"), other);
    assertThat(OnnxSessions.idle()).as("idle sessions").isEqualTo(1);
  }
}
