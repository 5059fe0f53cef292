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
 * @param left the other files, with reasons
 * @param members images in archives, and archives that are broken
 * @param leftMembers the other files in archives, with reasons
 */
record ArchiveAccount(
    long images, long archives, Omissions left, long members, Omissions leftMembers) {

  /** Returns the number of files below the root, but for those of folders not looked into. */
  long files() {
    return images + archives + left.files();
  }

  /** Returns the account for people: sums, and a line for each reason. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "files    %d: %d images, %d archives, %d left out"
            .formatted(files(), images, archives, left.files()));
    lines.addAll(left.lines());
    if (archives > 0) {
      lines.add(
          "in archives %d: %d images, %d left out"
              .formatted(members + leftMembers.files(), members, leftMembers.files()));
      lines.addAll(leftMembers.lines());
    }
    return lines;
  }

  /** Returns plain values for JSON. */
  Map<String, Object> toDetails() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("files", files());
    details.put("images", images);
    details.put("archives", archives);
    details.put("left_out", left.toDetails());
    details.put("images_in_archives", members);
    details.put("left_out_in_archives", leftMembers.toDetails());
    return details;
  }
}
