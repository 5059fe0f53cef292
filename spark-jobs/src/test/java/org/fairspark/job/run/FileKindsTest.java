package org.fairspark.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.fairspark.LocalSpark;
import org.fairspark.config.ConfigLoader;
import org.fairspark.files.ImageFiles;
import org.fairspark.image.PixelImage;
import org.fairspark.image.Resize;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.job.evaluate.EvaluateJob;
import org.fairspark.job.prepare.PrepareJob;
import org.fairspark.job.score.ScoreJob;
import org.fairspark.job.train.TrainJob;
import org.fairspark.runtime.Job;
import org.fairspark.runtime.JobContext;
import org.fairspark.runtime.Terminal;
import org.fairspark.store.OutputRoot;
import org.fairspark.store.table.ImagesTable;
import org.fairspark.store.table.MapsTable;
import org.fairspark.store.table.PreparedTables;
import org.fairspark.store.table.ScoresStore;
import org.fairspark.store.table.ScoresTable;
import org.fairspark.store.table.Table;
import org.fairspark.store.table.TableSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One image of each kind of file through {@code prepare}, {@code evaluate} and {@code score}: the
 * camera has 12 bits, of which the training files say nothing.
 */
class FileKindsTest {
  private static final int SIZE = 40;

  /** 16 x 16 pixels of gray 200, with loss. */
  private static final String WEBP =
      "52494646240000005745425056503820180000003001009d012a1000100000c01225a400037000fefc868000";

  @TempDir Path folder;

  private final SparkSession spark = LocalSpark.session();

  private OutputRoot root(String output) {
    return OutputRoot.of(
        spark.sparkContext().hadoopConfiguration(), folder.resolve(output).toString());
  }

  private void run(Job<?, ?> job, String... settings) throws Exception {
    List<String> all = new ArrayList<>();
    all.add("image.size=32");
    all.add("corruption.variants=1");
    all.add("model.width=2");
    all.add("training.epochs=1");
    all.add("calibration.share=0");
    all.add("evaluation.smoothing=5");
    all.add("evaluation.batch-size=1");
    all.add("evaluation.engine=dl4j");
    all.add("score.engine=dl4j");
    all.addAll(List.of(settings));
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    job.run(
        new JobContext(
            "test",
            ConfigLoader.load(List.of(), all),
            LocalSpark.lazy(spark),
            Terminal.plain(nowhere, nowhere),
            false));
  }

  /** Returns smooth noise of up to so many levels. */
  private static BufferedImage gray(int type, int levels, int seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(SIZE, SIZE, type);
    int value = levels / 2;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int step = levels / 16;
        value = Math.max(0, Math.min(levels - 1, value + random.nextInt(2 * step + 1) - step));
        image.getRaster().setSample(x, y, 0, value);
      }
    }
    return image;
  }

  private static BufferedImage colour(int seed) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.setRGB(i % SIZE, i / SIZE, random.nextInt(1 << 24));
    }
    return image;
  }

  private void write(String name, String format, BufferedImage image) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, file)).as("%s is written", name).isTrue();
    write(name, file.toByteArray());
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve("data/nut").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Returns a PGM whose maximum is 4095. */
  private static byte[] pgm(BufferedImage image) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("P5 %d %d 4095\n".formatted(SIZE, SIZE).getBytes(StandardCharsets.US_ASCII));
    for (int sample : image.getRaster().getPixels(0, 0, SIZE, SIZE, (int[]) null)) {
      file.write(sample >> 8);
      file.write(sample);
    }
    return file.toByteArray();
  }

  /** Returns a TIFF of 12-bit samples, of which two take three bytes. */
  private static byte[] packed(BufferedImage image) {
    int[] samples = image.getRaster().getPixels(0, 0, SIZE, SIZE, (int[]) null);
    int bytes = samples.length * 3 / 2;
    int[][] entries = {
      {256, SIZE},
      {257, SIZE},
      {258, 12},
      {259, 1},
      {262, 1},
      {273, 8},
      {277, 1},
      {278, SIZE},
      {279, bytes}
    };
    ByteBuffer file =
        ByteBuffer.allocate(8 + bytes + 2 + 12 * entries.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    file.put("II*\0".getBytes(StandardCharsets.US_ASCII)).putInt(8 + bytes);
    for (int i = 0; i < samples.length; i += 2) {
      file.put((byte) (samples[i] >> 4));
      file.put((byte) (samples[i] << 4 | samples[i + 1] >> 8));
      file.put((byte) samples[i + 1]);
    }
    file.putShort((short) entries.length);
    for (int[] entry : entries) {
      file.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
    }
    return file.array();
  }

  /** Returns a JPEG that is to be turned by 90 degrees. */
  private static byte[] turned(BufferedImage image) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", plain);
    byte[] jpeg = plain.toByteArray();
    byte[] exif =
        HexFormat.of()
            .parseHex(
                "ffe10022457869660000"
                    + "4d4d002a00000008"
                    + "0001011200030000000100060000"
                    + "00000000");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.writeBytes(exif);
    file.write(jpeg, 2, jpeg.length - 2);
    return file.toByteArray();
  }

  private static BufferedImage copied(BufferedImage image, int type) {
    BufferedImage copy = new BufferedImage(SIZE, SIZE, type);
    copy.createGraphics().drawImage(image, 0, 0, null);
    return copy;
  }

  private Map<String, Row> rows(TableSpec spec, String output) {
    Map<String, Row> rows = new TreeMap<>();
    Table.open(root(output), spec)
        .dataset(spark)
        .collectAsList()
        .forEach(row -> rows.put(row.getAs(ImagesTable.IMAGE_ID), row));
    return rows;
  }

  @Test
  void prepareEvaluateAndScoreReadEveryKindAlike() throws Exception {
    int wide = BufferedImage.TYPE_USHORT_GRAY;
    for (int i = 0; i < 4; i++) {
      write("train/good/%d.png".formatted(i), "png", gray(wide, 4096, i));
    }
    write("test/good/8-bit.png", "png", gray(BufferedImage.TYPE_BYTE_GRAY, 256, 11));
    write("test/good/12-bit.png", "png", gray(wide, 4096, 12));
    write("test/good/12-bit-tiff.tif", "tiff", gray(wide, 4096, 13));
    write("test/good/12-bit-pnm.pgm", pgm(gray(wide, 4096, 14)));
    write("test/good/bitmap.bmp", "bmp", colour(15));
    write("test/good/photo.jpg", "jpeg", colour(16));
    write("test/good/colour.tif", "tiff", colour(17));
    write("test/good/web.webp", HexFormat.of().parseHex(WEBP));
    write("test/good/12-bit-packed.tif", packed(gray(wide, 4096, 19)));
    write("test/good/palette.png", "png", copied(colour(20), BufferedImage.TYPE_BYTE_INDEXED));
    write("test/good/turned.jpg", turned(gray(BufferedImage.TYPE_BYTE_GRAY, 256, 21)));
    write("test/good/alpha.png", "png", copied(colour(22), BufferedImage.TYPE_4BYTE_ABGR));
    write("test/hole/0.png", "png", gray(wide, 4096, 18));
    String data = folder.resolve("data").toString();
    String out = folder.resolve("out").toString();

    run(new PrepareJob(), "data.root=" + data, "output.root=" + out);
    run(new TrainJob(), "data.root=" + data, "output.root=" + out);
    run(new EvaluateJob(), "data.root=" + data, "output.root=" + out);
    run(
        new ScoreJob(),
        "data.root=" + data,
        "output.root=" + folder.resolve("night"),
        "score.model=" + folder.resolve("out/models/nut"));

    Table images = Table.open(root("out"), ImagesTable.SPEC);
    assertThat(PreparedTables.bitDepth(images, "nut")).as("bits of the camera").hasValue(12);
    Map<String, Row> prepared = rows(ImagesTable.SPEC, "out");
    byte[] pixels = prepared.get("nut/test/good/12-bit.png").getAs(ImagesTable.PIXELS);
    int brightest = 0;
    for (byte pixel : pixels) {
      brightest = Math.max(brightest, pixel & 0xFF);
    }
    assertThat(brightest).as("the brightest pixel of 12 bits").isGreaterThan(100);
    Map<String, Float> scores = new TreeMap<>();
    for (Row row : new ScoresStore(root("night")).rows(spark).collectAsList()) {
      scores.put(row.getAs(ScoresTable.NAME_BELOW_ROOT), row.getAs(ScoresTable.SCORE));
    }
    Map<String, Row> evaluated = rows(MapsTable.SPEC, "out");
    assertThat(evaluated).as("test images").hasSize(13);
    DecodeLimits limits = DecodeLimits.DEFAULT;
    for (String id : evaluated.keySet()) {
      byte[] file = Files.readAllBytes(folder.resolve("data").resolve(id));
      PixelImage read = ImageFiles.read(file, limits, BitDepth.fixed(12)).pixels();
      assertThat(prepared.get(id).<byte[]>getAs(ImagesTable.PIXELS))
          .as("pixels of %s", id)
          .isEqualTo(Resize.bilinear(read, 32, 32).pixels());
    }
    evaluated.forEach(
        (id, row) ->
            assertThat(scores.get(id))
                .as("score of %s", id)
                .isEqualTo(row.<Float>getAs(MapsTable.SCORE)));
  }
}
