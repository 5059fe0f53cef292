package org.fairspark.frequency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import org.fairspark.image.FloatImage;
import org.junit.jupiter.api.Test;

class SpectrumAnalysisTest {
  @Test
  void energyOfWavesLiesAtTheirFrequencies() {
    // Mean 2, a wave of amplitude 1 with 3 cycles across and one of amplitude 2 with 5 cycles down:
    // energies 4, 1/2 and 2 (a wave's mean square is half its amplitude's).
    int height = 20;
    int width = 31;
    float[] values = new float[height * width];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        values[r * width + c] =
            (float)
                (2
                    + Math.cos(2 * Math.PI * 3 * c / width)
                    + 2 * Math.sin(2 * Math.PI * 5 * r / height));
      }
    }
    EnergySpectrum spectrum = new EnergySpectrum();
    spectrum.add(EnergySpectrum.shares(new FloatImage(1, height, width, values)));
    double total = 0;
    for (RadialPoint point : spectrum.curve()) {
      double expected =
          switch (point.distance()) {
            case 0 -> 4 / 6.5;
            case 3 -> 0.5 / 6.5;
            case 5 -> 2 / 6.5;
            default -> 0;
          };
      assertThat(point.mean()).as("at %d", point.distance()).isCloseTo(expected, within(1e-7));
      total += point.mean();
    }
    assertThat(total).as("all shares").isCloseTo(1, within(1e-12));
  }

  @Test
  void evenSizesCountTheirHighestFrequencyOnce() {
    // A checkerboard of 1 and -1: all energy at (2, 2), distance 2.83, rounded 3.
    float[] board = new float[16];
    for (int i = 0; i < 16; i++) {
      board[i] = (i / 4 + i) % 2 == 0 ? 1 : -1;
    }
    EnergySpectrum spectrum = new EnergySpectrum();
    spectrum.add(EnergySpectrum.shares(new FloatImage(1, 4, 4, board)));
    assertThat(spectrum.curve()).as("distances").hasSize(4);
    assertThat(spectrum.curve().get(3).mean()).as("at the corner").isCloseTo(1, within(1e-12));
  }

  @Test
  void similarityIsTheCosineOfWholeSpectra() {
    FloatImage a = FrequencyFilterTest.noise(3, 9, 12, 1);
    FloatImage b = FrequencyFilterTest.noise(3, 9, 12, 2);
    FrequencySimilarity similarity = new FrequencySimilarity();
    similarity.add(FrequencySimilarity.cosines(a, b));
    double[] product = new double[9];
    double[] energyA = new double[9];
    double[] energyB = new double[9];
    for (int c = 0; c < 3; c++) {
      double[] spectrumA = NaiveFourier.transform(plane(a, c), 9, 12);
      double[] spectrumB = NaiveFourier.transform(plane(b, c), 9, 12);
      for (int i = 0; i < 9 * 12; i++) {
        int v = Math.min(i / 12, 9 - i / 12);
        int u = Math.min(i % 12, 12 - i % 12);
        int ring = (int) Math.rint(Math.hypot(u, v));
        for (int part = 2 * i; part <= 2 * i + 1; part++) {
          product[ring] += spectrumA[part] * spectrumB[part];
          energyA[ring] += spectrumA[part] * spectrumA[part];
          energyB[ring] += spectrumB[part] * spectrumB[part];
        }
      }
    }
    List<RadialPoint> curve = similarity.curve();
    assertThat(curve).as("distances 0 to hypot(4, 6)").hasSize(8);
    for (RadialPoint point : curve) {
      int d = point.distance();
      assertThat(point.mean())
          .as("at %d", d)
          .isCloseTo(product[d] / Math.sqrt(energyA[d] * energyB[d]), within(1e-12));
    }
  }

  @Test
  void similarityIgnoresScaleAndRingsWithoutEnergy() {
    FloatImage a = FrequencyFilterTest.noise(1, 8, 8, 1);
    float[] half = a.values().clone();
    for (int i = 0; i < half.length; i++) {
      half[i] *= -0.5f;
    }
    FrequencySimilarity similarity = new FrequencySimilarity();
    similarity.add(FrequencySimilarity.cosines(a, new FloatImage(1, 8, 8, half)));
    for (RadialPoint point : similarity.curve()) {
      assertThat(point.mean()).as("opposite").isCloseTo(-1, within(1e-12));
    }
    float[] flat = new float[64];
    Arrays.fill(flat, 0.3f);
    FrequencySimilarity flats = new FrequencySimilarity();
    FloatImage constant = new FloatImage(1, 8, 8, flat);
    flats.add(FrequencySimilarity.cosines(constant, constant));
    assertThat(flats.curve())
        .as("only the mean")
        .extracting(RadialPoint::distance)
        .containsExactly(0);
    assertThatThrownBy(() -> FrequencySimilarity.cosines(a, FrequencyFilterTest.noise(1, 8, 9, 1)))
        .hasMessageContaining("1 x 8 x 8 and 1 x 8 x 9");
  }

  @Test
  void meanAndDeviationAreOverImages() {
    RadialMean mean = new RadialMean();
    mean.add(2, 0.5);
    mean.add(2, -0.25);
    assertThat(mean.curve()).containsExactly(new RadialPoint(2, 0.125, 0.375, 2));
  }

  @Test
  void mergedPartsEqualTheWholeToTheLastBit() throws Exception {
    FrequencySimilarity whole = new FrequencySimilarity();
    FrequencySimilarity left = new FrequencySimilarity();
    FrequencySimilarity right = new FrequencySimilarity();
    EnergySpectrum wholeEnergy = new EnergySpectrum();
    EnergySpectrum leftEnergy = new EnergySpectrum();
    EnergySpectrum rightEnergy = new EnergySpectrum();
    for (int i = 0; i < 30; i++) {
      FloatImage a = FrequencyFilterTest.noise(3, 8 + i % 2, 10, i);
      FloatImage b = FrequencyFilterTest.noise(3, 8 + i % 2, 10, 100 + i);
      double[] cosines = FrequencySimilarity.cosines(a, b);
      double[] shares = EnergySpectrum.shares(a);
      whole.add(cosines);
      (i % 3 == 0 ? right : left).add(cosines);
      wholeEnergy.add(shares);
      (i % 3 == 0 ? rightEnergy : leftEnergy).add(shares);
    }
    assertThat(serialized(right).merge(serialized(left)).curve()).isEqualTo(whole.curve());
    assertThat(rightEnergy.merge(leftEnergy).curve()).isEqualTo(wholeEnergy.curve());
    assertThat(rightEnergy.images()).as("images").isEqualTo(30);
  }

  private static float[] plane(FloatImage image, int channel) {
    int plane = image.height() * image.width();
    return Arrays.copyOfRange(image.values(), channel * plane, (channel + 1) * plane);
  }

  private static FrequencySimilarity serialized(FrequencySimilarity similarity)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(similarity);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (FrequencySimilarity) in.readObject();
    }
  }
}
