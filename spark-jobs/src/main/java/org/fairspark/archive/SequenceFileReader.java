package org.fairspark.archive;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.ReflectionUtils;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.AbstractIterator;
import org.fairspark.files.RawFiles;

/**
 * A Hadoop sequence file whose keys name images and whose values are their bytes ({@code
 * BytesWritable}), compressed by record, by block or not at all.
 */
final class SequenceFileReader implements OpenArchive {
  private final ImageItem archive;
  private final SequenceFile.Reader reader;
  private final Writable key;
  private final BytesWritable value = new BytesWritable();

  private SequenceFileReader(ImageItem archive, SequenceFile.Reader reader, Configuration hadoop) {
    this.archive = archive;
    this.reader = reader;
    this.key = (Writable) ReflectionUtils.newInstance(reader.getKeyClass(), hadoop);
  }

  static SequenceFileReader open(Configuration hadoop, ImageItem archive) throws IOException {
    Path path = new Path(archive.file());
    // This fails where the file is gone or closed; a failure after it lies in the file's header.
    long length = RawFiles.of(hadoop, path).getFileStatus(path).getLen();
    FSDataInputStream in = RawFiles.open(hadoop, path);
    SequenceFile.Reader reader;
    try {
      reader =
          new SequenceFile.Reader(
              hadoop, SequenceFile.Reader.stream(in), SequenceFile.Reader.length(length));
    } catch (FileNotFoundException | AccessControlException e) {
      in.close();
      throw e;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw broken(e);
    }
    if (!reader.getValueClassName().equals(BytesWritable.class.getName())) {
      String type = reader.getValueClassName();
      reader.close();
      throw new UnreadableFileException(
          Reason.UNSUPPORTED, "the sequence file holds " + type + ", not BytesWritable", null);
    }
    return new SequenceFileReader(archive, reader, hadoop);
  }

  private static UnreadableFileException broken(Exception cause) {
    return OpenArchive.broken("sequence file", cause);
  }

  @Override
  public Iterator<Member> members() {
    MemberNames names = new MemberNames();
    return new AbstractIterator<>() {
      private long position = -1;
      private int skip;

      @Override
      protected Member computeNext() throws IOException {
        try {
          long before = reader.getPosition();
          if (!reader.next(key)) {
            return null;
          }
          long after = reader.getPosition();
          // Inside a compressed block the position stays: then records are counted.
          boolean moved = after != before || position < 0;
          skip = moved ? 0 : skip + 1;
          position = moved ? before : position;
          String name = names.next(key.toString());
          return new Member(
              archive
                  .member(name, after - before, "t" + archive.modificationTime())
                  .at(position, skip),
              null);
        } catch (EOFException | RuntimeException e) {
          throw broken(e);
        }
      }
    };
  }

  @Override
  public byte[] read(ImageItem image, long most) throws IOException {
    try {
      if (reader.isBlockCompressed()) {
        // Values are skipped late, so the position lies among those of the block before.
        reader.sync(image.position());
      } else {
        reader.seek(image.position());
      }
      for (int i = 0; i <= image.skip(); i++) {
        if (!reader.next(key)) {
          throw new UnreadableFileException(
              Reason.GONE, "the record was there when listed, not now", null);
        }
      }
      if (!key.toString().equals(image.member())
          && !key.toString().equals(MemberNames.inArchive(image.member()))) {
        throw new UnreadableFileException(
            Reason.GONE, "the record is another than when listed: " + key, null);
      }
      reader.getCurrentValue(value);
    } catch (UnreadableFileException e) {
      throw e;
    } catch (EOFException | RuntimeException e) {
      throw broken(e);
    }
    if (value.getLength() > most) {
      throw OpenArchive.tooLarge(value.getLength(), most);
    }
    return Arrays.copyOf(value.getBytes(), value.getLength());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
