package org.fairspark.job.train;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.fairspark.training.TrainingSample;

/**
 * All blocks of a training in a file on the executor's own disk: a task that trains through many
 * epochs has one block in memory at a time. Close it to remove the file.
 */
final class BlockSpool implements AutoCloseable {
  private record Place(long offset, int length) {}

  private final File file;
  private final Map<Integer, Place> places;
  private final RandomAccessFile in;

  private BlockSpool(File file, Map<Integer, Place> places, RandomAccessFile in) {
    this.file = file;
    this.places = places;
    this.in = in;
  }

  /** Writes the blocks into a file, which is overwritten. */
  static BlockSpool of(Iterator<TrainingBlock> blocks, File file) throws IOException {
    Map<Integer, Place> places = new HashMap<>();
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file.toPath())))) {
      long offset = 0;
      while (blocks.hasNext()) {
        TrainingBlock block = blocks.next();
        long length = write(block.samples(), out);
        places.put(block.number(), new Place(offset, Math.toIntExact(length)));
        offset += length;
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file.toPath());
      throw e;
    }
    return new BlockSpool(file, places, new RandomAccessFile(file, "r"));
  }

  private static long write(List<TrainingSample> samples, DataOutputStream out) throws IOException {
    long length = Integer.BYTES;
    out.writeInt(samples.size());
    for (TrainingSample sample : samples) {
      byte[] id = sample.imageId().getBytes(StandardCharsets.UTF_8);
      out.writeInt(sample.variant());
      length += Integer.BYTES;
      for (byte[] bytes : List.of(id, sample.input(), sample.target())) {
        out.writeInt(bytes.length);
        out.write(bytes);
        length += Integer.BYTES + bytes.length;
      }
    }
    return length;
  }

  /**
   * Returns a block's samples, as they were given.
   *
   * @throws IllegalArgumentException if there is no such block
   */
  List<TrainingSample> read(int block) {
    Place place = places.get(block);
    if (place == null) {
      throw new IllegalArgumentException(
          "there is no block %d among %d".formatted(block, places.size()));
    }
    byte[] bytes = new byte[place.length()];
    try {
      in.seek(place.offset());
      in.readFully(bytes);
      DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes));
      int count = data.readInt();
      List<TrainingSample> samples = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int variant = data.readInt();
        String id = new String(part(data), StandardCharsets.UTF_8);
        samples.add(new TrainingSample(id, variant, part(data), part(data)));
      }
      return samples;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read block " + block + " from " + file, e);
    }
  }

  private static byte[] part(DataInputStream data) throws IOException {
    byte[] bytes = new byte[data.readInt()];
    data.readFully(bytes);
    return bytes;
  }

  @Override
  public void close() {
    try {
      in.close();
      Files.deleteIfExists(file.toPath());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }
}
