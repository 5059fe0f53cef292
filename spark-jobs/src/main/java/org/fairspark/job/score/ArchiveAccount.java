package org.fairspark.job.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairspark.files.Omissions;

/**
 * An account of all files below the data root of {@code score}: each is an image, an archive, or
 * left out for a reason; and of all files in those archives.
 *
 * @param images image files
 * @param archives tar, zip and sequence files
 * @param broken those archives that cannot be read, or not to their end
 * @param left the other files, with reasons
 * @param members images in archives
 * @param leftMembers the other files in archives, with reasons
 */
record ArchiveAccount(
    long images, long archives, long broken, Omissions left, long members, Omissions leftMembers) {

  /** Returns the number of files below the root, but for those of folders not looked into. */
  long files() {
    return images + archives + left.files();
  }

  /** Returns the account for people: sums, and a line for each reason. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "files    %d: %d images, %d archives, %s".formatted(files(), images, archives, left.sum()));
    lines.addAll(left.lines());
    if (archives > 0) {
      lines.add(
          "in archives %d: %d images, %s"
              .formatted(members + leftMembers.files(), members, leftMembers.sum()));
      lines.addAll(leftMembers.lines());
    }
    if (broken > 0) {
      lines.add("%6d archive(s) cannot be read, or not to their end".formatted(broken));
    }
    return lines;
  }

  /** Returns plain values for JSON. */
  Map<String, Object> toDetails() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("files", files());
    details.put("images", images);
    details.put("archives", archives);
    details.put("unreadable_archives", broken);
    details.put("left_out", left.toDetails());
    details.put("images_in_archives", members);
    details.put("left_out_in_archives", leftMembers.toDetails());
    return details;
  }
}
