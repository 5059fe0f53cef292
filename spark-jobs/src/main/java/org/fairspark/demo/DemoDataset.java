package org.fairspark.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fairspark.image.PixelImage;
import org.fairspark.image.codec.PngEncoder;
import org.fairspark.random.SeededRandom;

/**
 * The demonstration's data: a factory data set in the layout of MVTec AD and a folder of textures.
 *
 * <pre>
 * root/factory/weave|flange/train/good/000.png ...
 *                          /test/good/000.png ...
 *                          /test/DEFECT/000.png ...
 *                          /ground_truth/DEFECT/000_mask.png ...
 * root/textures/wood_00.png ...
 * </pre>
 *
 * Masks are exact: 255 where a defect changed a pixel, else 0. Equal seeds and sizes give equal
 * pixels on every machine.
 */
public final class DemoDataset {
  private DemoDataset() {}

  /**
   * The size of the data set.
   *
   * @param pixels height and width of every picture
   * @param train number of flawless training pictures per category
   * @param good number of flawless test pictures per category
   * @param perDefect number of test pictures per kind of defect
   */
  public record Size(int pixels, int train, int good, int perDefect) {
    /** The demonstration's size: about 150 pictures of 256 by 256 pixels. */
    public static final Size DEFAULT = new Size(256, 40, 12, 6);

    public Size {
      if (pixels < 64) {
        throw new IllegalArgumentException(
            "pictures need at least 64 pixels per side, got " + pixels);
      }
      if (train < 1 || good < 0 || perDefect < 0) {
        throw new IllegalArgumentException(
            "train must be at least 1, good and perDefect at least 0, got %d, %d, %d"
                .formatted(train, good, perDefect));
      }
    }
  }

  /**
   * The files that were written.
   *
   * @param dataRoot the value for {@code data.root}, with {@code data.layout = mvtec}
   * @param textures the value for {@code corruption.textures}
   * @param categories their names, in order
   * @param images number of pictures in the data set, without masks and textures
   */
  public record Written(Path dataRoot, Path textures, List<String> categories, int images) {}

  /** Writes the data set of {@link Size#DEFAULT}. */
  public static Written write(Path root, long seed) throws IOException {
    return write(root, seed, Size.DEFAULT);
  }

  /**
   * Writes data set and textures, on all cores. Files of the same name are replaced.
   *
   * @throws IOException if a folder or file cannot be written
   */
  public static Written write(Path root, long seed, Size size) throws IOException {
    Path factory = root.resolve("factory");
    Path textures = root.resolve("textures");
    List<Product> products = List.of(new WovenCloth(size.pixels), new MachinedFlange(size.pixels));
    List<Picture> pictures = new ArrayList<>();
    for (Product product : products) {
      Path folder = factory.resolve(product.name());
      add(pictures, size.train, n -> flawless(product, folder, "train", n, seed));
      add(pictures, size.good, n -> flawless(product, folder, "test", n, seed));
      for (String defect : product.defects()) {
        add(pictures, size.perDefect, n -> defective(product, folder, defect, n, seed));
      }
    }
    int images = pictures.size();
    add(pictures, ProceduralTextures.COUNT, n -> texture(textures, n, size.pixels, seed));
    try {
      pictures.parallelStream().forEach(DemoDataset::make);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<String> names = products.stream().map(Product::name).toList();
    return new Written(factory, textures, names, images);
  }

  /**
   * Renders one flawless picture of the data set's first category, without writing it.
   *
   * @param pixels its height and width, at least 64
   */
  public static PixelImage picture(int pixels, long seed) {
    Product product = new WovenCloth(pixels);
    SeededRandom random = SeededRandom.of(seed, product.name() + "/picture", 0);
    return product.studio(random).photograph(product.flawless(random), random);
  }

  /** One picture that is made and written. */
  private interface Picture {
    void make() throws IOException;
  }

  /** A series of pictures, made by number. */
  private interface Numbered {
    void make(int number) throws IOException;
  }

  private static void add(List<Picture> pictures, int count, Numbered numbered) {
    for (int i = 0; i < count; i++) {
      int number = i;
      pictures.add(() -> numbered.make(number));
    }
  }

  private static void make(Picture picture) {
    try {
      picture.make();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flawless(Product product, Path folder, String split, int number, long seed)
      throws IOException {
    SeededRandom random = SeededRandom.of(seed, product.name() + "/" + split, number);
    Surface surface = product.flawless(random);
    PixelImage picture = product.studio(random).photograph(surface, random);
    write(
        folder
            .resolve(split)
            .resolve("good")
            .resolve(String.format(Locale.ROOT, "%03d.png", number)),
        picture);
  }

  private static void defective(Product product, Path folder, String defect, int number, long seed)
      throws IOException {
    SeededRandom random = SeededRandom.of(seed, product.name() + "/" + defect, number);
    Surface surface = product.defective(random, defect);
    PixelImage picture = product.studio(random).photograph(surface, random);
    write(
        folder
            .resolve("test")
            .resolve(defect)
            .resolve(String.format(Locale.ROOT, "%03d.png", number)),
        picture);
    Path masks = folder.resolve("ground_truth").resolve(defect);
    write(masks.resolve(String.format(Locale.ROOT, "%03d_mask.png", number)), Studio.mask(surface));
  }

  private static void texture(Path folder, int number, int pixels, long seed) throws IOException {
    SeededRandom random = SeededRandom.of(seed, "textures", number);
    PixelImage picture = ProceduralTextures.render(number, pixels, random);
    write(folder.resolve(ProceduralTextures.name(number) + ".png"), picture);
  }

  private static void write(Path file, PixelImage image) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, PngEncoder.encode(image));
  }
}
