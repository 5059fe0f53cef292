package org.fairspark.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.config.ConfigLoader;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.config.ImageConfig;
import org.fairspark.dataset.DatasetReader;
import org.fairspark.dataset.ImageEntry;
import org.fairspark.dataset.ImageListing;
import org.fairspark.detect.Frame;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.WholeFileReader;
import org.fairspark.image.ImageSize;
import org.fairspark.image.codec.BitDepth;
import org.fairspark.image.codec.DecodeLimits;
import org.fairspark.text.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed 16-bit files: one offset for a category, from its training images or the settings. */
class SignedSamplesTest {
  private static final int SIZE = 16;

  @TempDir Path folder;

  /** Writes a signed TIFF whose rows alternate between two samples. */
  private void tiff(String name, int even, int odd) throws Exception {
    int bytes = 2 * SIZE * SIZE;
    int[][] tags = {
      {256, SIZE},
      {257, SIZE},
      {258, 16},
      {259, 1},
      {262, 1},
      {273, 8},
      {277, 1},
      {278, SIZE},
      {279, bytes},
      {339, 2}
    };
    ByteBuffer file =
        ByteBuffer.allocate(8 + bytes + 2 + 12 * tags.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    file.put("II*\0".getBytes(StandardCharsets.US_ASCII)).putInt(8 + bytes);
    for (int i = 0; i < SIZE * SIZE; i++) {
      file.putShort((short) (i / SIZE % 2 == 0 ? even : odd));
    }
    file.putShort((short) tags.length);
    for (int[] tag : tags) {
      file.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
    }
    Path path = folder.resolve("data").resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, file.array());
  }

  private ImageListing listing() {
    return new DatasetReader(new Configuration(false))
        .list(new DataConfig(folder.resolve("data").toString(), DataLayout.MVTEC, List.of()));
  }

  private static ImageConfig image(String... settings) {
    List<String> all = new ArrayList<>(List.of("image.size=16"));
    all.addAll(List.of(settings));
    return ConfigLoader.load(List.of(), all).image();
  }

  private static List<DecodeTask.Outcome> decode(ImageListing listing, BitDepths depths)
      throws Exception {
    DecodeTask task =
        new DecodeTask(
            new WholeFileReader(new Configuration(false)),
            DecodeLimits.DEFAULT,
            MaskCoding.EITHER,
            Frame.stretching(ImageSize.square(SIZE)),
            depths.byCategory());
    List<DecodeTask.Outcome> outcomes = new ArrayList<>();
    for (ImageEntry entry : listing.entries()) {
      outcomes.add(task.decode(entry));
    }
    return outcomes;
  }

  private static List<ImageFacts> facts(List<DecodeTask.Outcome> outcomes) {
    return outcomes.stream().map(DecodeTask.Outcome::facts).filter(f -> f != null).toList();
  }

  private static int first(DecodeTask.Outcome outcome) {
    return outcome.row().pixels().pixels()[0] & 0xFF;
  }

  private void scans() throws Exception {
    tiff("scan/train/good/0.tif", -1000, 3000);
    tiff("scan/train/good/1.tif", 0, 1000);
    tiff("scan/test/good/2.tif", -1024, 0);
    tiff("scan/test/good/3.tif", -1500, 0);
    tiff("part/train/good/4.tif", 0, 900);
    tiff("part/test/good/5.tif", -3, 900);
  }

  @Test
  void aCategoryHasTheOffsetThatItsTrainingImagesNeed() throws Exception {
    scans();
    ImageListing listing = listing();
    List<DecodeTask.Outcome> before = decode(listing, BitDepths.of(image(), listing));
    BitDepths found = BitDepths.of(image(), listing).foundIn(facts(before)).orElseThrow();
    assertThat(found.byCategory())
        .isEqualTo(
            Map.of(
                "scan", BitDepth.fixed(12).withOffset(1024),
                "part", BitDepth.fixed(10)));
    assertThat(found.lines())
        .containsExactly(
            "part: the samples of its 16-bit files have 10 bits; reading them again by that",
            "scan: the samples of its 16-bit files have 12 bits with 1024 added to them; reading"
                + " them again by that");

    List<DecodeTask.Outcome> after = decode(listing, found);
    assertThat(after.get(1).row()).as("no training image of its category is negative").isNull();
    assertThat(after.get(1).bad().reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(after.get(1).bad().message())
        .contains("negative samples, down to -3")
        .contains("image.sample-offset");
    assertThat(Stream.of(2, 3, 4, 5).map(i -> first(after.get(i))))
        .as("scan: -1000, 0 in training; -1024, -1500 in tests")
        .containsExactly(1, 64, 0, 0);
    assertThat(DataNotes.of(List.of("scan"), facts(after)).lines())
        .anyMatch(line -> line.startsWith("scan: 1 image(s) have samples below zero even with"));
    JsonNode details =
        Json.tree(
            PreparedImages.of(listing, List.of(), found, new DataNotes(List.of())).toDetails());
    assertThat(details.path("sample_offsets").toString()).isEqualTo("{\"scan\":1024}");
    assertThat(details.path("bit_depths").toString()).isEqualTo("{\"part\":10,\"scan\":12}");
  }

  @Test
  void theSettingsSayItInstead() throws Exception {
    scans();
    ImageListing listing = listing();
    BitDepths both =
        BitDepths.of(image("image.bit-depth=16", "image.sample-offset=32768"), listing);
    assertThat(decode(listing, both)).allMatch(outcome -> outcome.row() != null);
    assertThat(both.foundIn(facts(decode(listing, both)))).as("nothing is left to find").isEmpty();

    BitDepths bits = BitDepths.of(image("image.bit-depth=14"), listing);
    assertThat(bits.foundIn(facts(decode(listing, bits))).orElseThrow().offsets())
        .isEqualTo(Map.of("scan", 1024));

    BitDepths refused = BitDepths.of(image("image.sample-offset=0"), listing);
    assertThat(decode(listing, refused).stream().filter(o -> o.row() == null).count())
        .as("left out: all that are negative")
        .isEqualTo(4);

    BitDepths given = BitDepths.of(image("image.sample-offset=2000"), listing);
    assertThat(given.foundIn(facts(decode(listing, given))).orElseThrow().byCategory())
        .isEqualTo(
            Map.of(
                "scan", BitDepth.fixed(14).withOffset(2000),
                "part", BitDepth.fixed(12).withOffset(2000)));
    assertThat(given.givenBits()).isEqualTo(OptionalInt.empty());
  }
}
