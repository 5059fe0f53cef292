package org.fairspark.corruption;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fairspark.benchmark.Images;
import org.fairspark.benchmark.Turns;
import org.fairspark.frequency.ButterworthHighPass;
import org.fairspark.image.PixelImage;
import org.fairspark.random.SeededRandom;

/**
 * Training samples beside {@code numpy_sample.py}, in turns, on one core.
 *
 * <p>{@code mvn -pl model test-compile exec:exec
 * -Dbenchmark.main=org.fairspark.corruption.SampleComparison -Dbenchmark="PROGRAM IMAGES TEXTURES
 * TURNS"}.
 */
public final class SampleComparison {
  private static final int SIZE = 256;
  private static final int TEXTURES = 20;
  private static final int COUNT = 300;

  private SampleComparison() {}

  /** Runs the comparison; see the class. */
  public static void main(String[] args) throws Exception {
    String[] words = String.join(" ", args).trim().split(" +", -1);
    List<Path> images = Images.files(Path.of(words[1]));
    List<Path> textureFiles = Images.files(Path.of(words[2]));
    List<PixelImage> textures = new ArrayList<>();
    for (Path file : textureFiles.subList(0, Math.min(TEXTURES, textureFiles.size()))) {
      textures.add(Images.read(file, SIZE));
    }
    TextureSource source = new ImageTextures(textures, false);
    Corruptor corruptor = new Corruptor(CorruptionRecipe.PAPER, CutPasteStyle.REFERENCE);
    ButterworthHighPass filter = new ButterworthHighPass(30, 2);
    PixelImage image = Images.read(images.get(0), SIZE);
    int[] seed = {0};
    SeededRandom random = new SeededRandom(1);
    Turns.Call perlin = () -> PerlinNoise.mask(SIZE, SIZE, new SeededRandom(seed[0]++));
    Turns.Call sample =
        () -> filter.extract(corruptor.corrupt(image, source, seed[0]++).corrupted());
    // As often as the other program: a texture is read for a quarter of the samples.
    Turns.Call whole =
        () -> {
          PixelImage clean = Images.read(images.get(seed[0] % images.size()), SIZE);
          CorruptedSample corrupted = corruptor.corrupt(clean, source, seed[0]++);
          if (corrupted.kind() == CorruptionKind.PERLIN_TEXTURE) {
            Images.read(textureFiles.get((int) (random.nextDouble() * textureFiles.size())), SIZE);
          }
          filter.extract(corrupted.corrupted());
        };
    for (Turns.Call call : List.of(perlin, sample, whole)) {
      Turns.seconds(call);
    }
    Turns turns = new Turns();
    for (int turn = 0; turn < Integer.parseInt(words[3]); turn++) {
      double mask = Turns.seconds(perlin);
      double made = Turns.seconds(sample);
      double read = Turns.seconds(whole);
      String said = Turns.peer(Path.of(words[0]), 1, words[1], words[2], SIZE, COUNT);
      turns.add("Perlin mask", mask, Turns.number(said, "perlin ([0-9.]+) ms") / 1000);
      turns.add("sample, image in memory", made, Turns.number(said, "sample ([0-9.]+) ms") / 1000);
      turns.add("sample, files read", read, Turns.number(said, "whole ([0-9.]+) ms") / 1000);
      turns.add(
          "sample as prepare makes it, theirs from files",
          made,
          Turns.number(said, "whole ([0-9.]+) ms") / 1000);
    }
    turns.print();
  }
}
