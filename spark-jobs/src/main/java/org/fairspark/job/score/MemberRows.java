package org.fairspark.job.score;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.fairspark.archive.ArchiveReader;
import org.fairspark.archive.Member;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.AbstractIterator;
import org.fairspark.files.Omissions;
import org.fairspark.files.RetryPolicy;
import org.fairspark.files.RetryingIterator;
import org.fairspark.files.WholeFileReader;

/**
 * A function that lists single archives: a row for each image in it, one more if the archive is
 * broken, with the reason, and one for all that is left out.
 */
record MemberRows(
    Broadcast<SerializableConfiguration> hadoop,
    ArchiveListing.Assignment assignment,
    int attempts,
    LongAccumulator listed)
    implements Serializable {

  Iterator<Row> list(ScoreItem archive) {
    return new Rows(archive);
  }

  private final class Rows extends AbstractIterator<Row> {
    private final ScoreItem archive;
    private final ArchiveReader reader = new ArchiveReader(hadoop.value().value());
    private final Iterator<Member> members;
    private final Omissions.Counter left = new Omissions.Counter();
    private boolean broken;
    private boolean ended;

    Rows(ScoreItem archive) {
      this.archive = archive;
      this.members =
          new RetryingIterator<>(() -> reader.list(archive.image()), RetryPolicy.of(attempts));
    }

    @Override
    protected Row computeNext() {
      try {
        while (!broken && members.hasNext()) {
          Member member = members.next();
          if (member.omission() == null) {
            listed.add(1);
            return assignment.of(member.item()).toRow();
          }
          left.file(member.omission(), member.item().name());
        }
      } catch (UnreadableFileException e) {
        broken = true;
        listed.add(1);
        return archive.unreadable(e.reason(), e.getMessage()).toRow();
      } catch (UncheckedIOException e) {
        throw WholeFileReader.failure(archive.image().path(), e.getCause());
      }
      if (ended) {
        return null;
      }
      ended = true;
      Omissions sum = left.sum();
      return sum.groups().isEmpty() ? null : LeftOutRow.of(archive.image(), sum);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
