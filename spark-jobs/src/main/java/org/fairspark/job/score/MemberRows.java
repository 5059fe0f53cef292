package org.fairspark.job.score;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.fairspark.archive.ArchiveReader;
import org.fairspark.archive.Member;
import org.fairspark.failure.UnreadableFileException;
import org.fairspark.files.AbstractIterator;
import org.fairspark.files.Omissions;
import org.fairspark.files.RetryPolicy;
import org.fairspark.files.RetryingIterator;
import org.fairspark.files.WholeFileReader;

/**
 * A function that lists single archives: an entry for each image in it, one more if the archive is
 * broken, with the reason, and one for all that is left out.
 *
 * @param wanted which of its files to take
 */
record MemberRows(
    ListingSource hadoop,
    ListingAssignment assignment,
    TableListing.Members wanted,
    int attempts,
    ListingCounter listed)
    implements Serializable {

  Iterator<ListedEntry> list(ScoreItem archive) {
    return new Entries(archive);
  }

  private final class Entries extends AbstractIterator<ListedEntry> {
    private final ScoreItem archive;
    private final ArchiveReader reader = new ArchiveReader(hadoop.get());
    private final Iterator<Member> members;
    private final Omissions.Counter left = new Omissions.Counter();
    private boolean broken;
    private boolean ended;

    Entries(ScoreItem archive) {
      this.archive = archive;
      this.members =
          new RetryingIterator<>(() -> reader.list(archive.image()), RetryPolicy.of(attempts));
    }

    @Override
    protected ListedEntry computeNext() {
      try {
        while (!broken && members.hasNext()) {
          Member member = members.next();
          if (!wanted.take(member.item())) {
            continue;
          }
          if (member.omission() == null) {
            listed.add(1);
            return ListedEntry.of(assignment.of(member.item()));
          }
          left.file(member.omission(), member.item().name());
        }
      } catch (UnreadableFileException e) {
        broken = true;
        listed.add(1);
        return ListedEntry.of(archive.unreadable(e.reason(), e.getMessage()));
      } catch (UncheckedIOException e) {
        throw WholeFileReader.failure(archive.image().path(), e.getCause());
      }
      if (ended) {
        return null;
      }
      ended = true;
      Omissions sum = left.sum();
      return sum.groups().isEmpty() ? null : ListedEntry.leftOut(archive.image(), sum);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
