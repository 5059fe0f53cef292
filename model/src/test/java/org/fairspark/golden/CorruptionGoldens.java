package org.fairspark.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.fairspark.corruption.GoldenCorruption;
import org.fairspark.golden.GoldenSet.Npy;
import org.fairspark.image.FloatImage;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.junit.jupiter.api.DynamicTest;

/** Perlin noise, rotation, augmenters, CutPaste ({@code d_*}). */
final class CorruptionGoldens implements GoldenStage {
  @Override
  public Stream<DynamicTest> tests(GoldenSet set) {
    return Stream.of(
            set.groups("d_perlin/").stream().map(g -> test(g, () -> perlin(set, g))),
            set.names("d_rot/out").stream().map(n -> test(n, () -> rotation(set, n))),
            set.groups("d_cutpaste/").stream().map(g -> test(g, () -> cutPaste(set, g))),
            set.names("d_corrupt/out").stream().map(n -> test(n, () -> corruption(set))),
            set.names("d_augm/").stream()
                .filter(name -> set.entry(name).get("role").asText().equals("output"))
                .map(n -> test(n, () -> augmenter(set, n))))
        .flatMap(tests -> tests);
  }

  private static DynamicTest test(String name, Runnable check) {
    return DynamicTest.dynamicTest(name, check::run);
  }

  private static void perlin(GoldenSet set, String group) {
    Npy u = set.array(group + "/u");
    int height = set.params(group + "/noise").get("shape").get(0).asInt();
    int width = set.params(group + "/noise").get("shape").get(1).asInt();
    double[] noise =
        GoldenCorruption.noise(u.values(), u.shape()[0] - 1, u.shape()[1] - 1, height, width);
    set.check(group + "/noise", noise, 1e-12, 0);
    set.check(group + "/mask", GoldenCorruption.mask(noise), 0, 0);
    double degrees = set.params(group + "/noise_rot").get("rotate_deg").asDouble();
    double[] rotated = GoldenCorruption.rotate(noise, height, width, degrees);
    set.check(group + "/noise_rot", rotated, 1e-12, 0);
    set.check(group + "/mask_rot", GoldenCorruption.mask(rotated), 0, 0);
  }

  private static void rotation(GoldenSet set, String name) {
    PixelImage in = ResizeGoldens.pixels(set.array("d_rot/in"));
    double degrees = set.params(name).get("rotate_deg").asDouble();
    set.check(name, Npy.widen(GoldenCorruption.rotate(in, degrees).pixels()), 0, 0);
  }

  private static void cutPaste(GoldenSet set, String group) {
    PixelImage in = ResizeGoldens.pixels(set.array(group + "/in"));
    JsonNode params = set.params(group + "/out");
    JsonNode draws = params.get("draws");
    GoldenCorruption.Pasted pasted =
        GoldenCorruption.cutPaste(
            in,
            draws.get(0).get(2).asInt(),
            draws.get(2).get(2).asInt(),
            params.get("patch_h").asInt(),
            params.get("patch_w").asInt(),
            params.get("angle_rad").asInt(),
            draws.get(5).get(2).asInt(),
            draws.get(6).get(2).asInt());
    set.check(group + "/out", interleaved(pasted.image()), 1e-6, 0);
    set.check(group + "/mask", pasted.mask(), 0, 0);
  }

  private static void corruption(GoldenSet set) {
    Npy u = set.array("d_corrupt/u");
    Npy image = set.array("d_corrupt/image_in");
    int height = image.shape()[0];
    int width = image.shape()[1];
    double[] noise =
        GoldenCorruption.noise(u.values(), u.shape()[0] - 1, u.shape()[1] - 1, height, width);
    double degrees = set.params("d_corrupt/mask").get("rotate_deg").asDouble();
    double[] mask = GoldenCorruption.mask(GoldenCorruption.rotate(noise, height, width, degrees));
    set.check("d_corrupt/mask", mask, 0, 0);

    PixelImage texture =
        Resize.bilinear(ResizeGoldens.pixels(set.array("d_corrupt/texture_in")), height, width);
    FloatImage corrupted = planar(image.floats(), height, width);
    double beta = set.params("d_corrupt/out").get("beta").asDouble();
    GoldenCorruption.blend(corrupted, texture, mask, beta);
    set.check("d_corrupt/out", interleaved(corrupted), 2e-6, 0);
  }

  private static void augmenter(GoldenSet set, String name) {
    PixelImage in = ResizeGoldens.pixels(set.array("d_augm/in"));
    byte[] pixels = in.pixels();
    GoldenCorruption.augment(
        name.substring("d_augm/".length()), set.params(name), pixels, in.height(), in.width());
    set.check(name, Npy.widen(pixels));
  }

  private static FloatImage planar(float[] interleaved, int height, int width) {
    float[] planes = new float[interleaved.length];
    int plane = height * width;
    for (int i = 0; i < planes.length; i++) {
      planes[i % 3 * plane + i / 3] = interleaved[i];
    }
    return new FloatImage(3, height, width, planes);
  }

  private static double[] interleaved(FloatImage image) {
    int plane = image.height() * image.width();
    double[] values = new double[3 * plane];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.values()[i % 3 * plane + i / 3];
    }
    return values;
  }
}
