package org.fairspark.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class WeightsStreamTest {
  private static NetworkWeights sent(NetworkWeights weights)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(weights);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (NetworkWeights) in.readObject();
    }
  }

  @Test
  void everyBitArrives() throws Exception {
    UnetSpec spec = new UnetSpec(1, 4, true);
    NetworkWeights initial = NetworkWeights.initial(spec, 1);
    float[] moments = new float[spec.parameterCount()];
    for (int i = 0; i < moments.length; i++) {
      moments[i] = i % 2 == 0 ? -0f : 1 / (i + 1f);
    }
    NetworkWeights state =
        new NetworkWeights(spec, initial.parameters(), moments, moments.clone(), 7);
    NetworkWeights back = sent(state);
    assertThat(back.spec()).isEqualTo(spec);
    assertThat(back.iteration()).isEqualTo(7);
    assertThat(back.parameters()).isEqualTo(state.parameters());
    assertThat(back.firstMoment()).isEqualTo(moments);
    assertThat(back.secondMoment()).isEqualTo(moments);
  }

  @Test
  void weightsWithoutMomentsArriveSo() throws Exception {
    NetworkWeights weights = NetworkWeights.initial(new UnetSpec(3, 2, false), 2).withoutMoments();
    NetworkWeights back = sent(weights);
    assertThat(back.hasMoments()).isFalse();
    assertThat(back.parameters()).isEqualTo(weights.parameters());
  }
}
