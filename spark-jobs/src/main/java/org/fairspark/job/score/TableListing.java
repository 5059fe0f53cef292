package org.fairspark.job.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.archive.ArchiveKind;
import org.fairspark.archive.ImageItem;
import org.fairspark.dataset.ManifestFiles;
import org.fairspark.failure.UnreadableFileException.Reason;
import org.fairspark.files.PathNames;

/**
 * The images that {@code score.input} names, in place of all below the data root. What it names and
 * is not there gets a row that says so.
 *
 * @param location of the table
 * @param named what it names
 */
record TableListing(String location, List<ManifestFiles.Named> named) {

  /** Reads the table and looks for the files that it names. */
  static TableListing read(Configuration hadoop, String location, String root) {
    return new TableListing(location, ManifestFiles.of(hadoop, "score.input", location, root));
  }

  /** Returns a line for people: how many images, and how many of them are not there. */
  String line() {
    long absent = named.stream().filter(file -> !file.there()).count();
    return "table    %s: %d rows%s"
        .formatted(
            location,
            named.size(),
            absent == 0 ? "" : ", %d of them of files that are not there".formatted(absent));
  }

  /**
   * Returns the categories that the table tells of archives and of files in them, by their paths.
   */
  Map<String, String> categoriesInArchives() {
    Map<String, String> categories = new HashMap<>();
    for (ManifestFiles.Named file : named) {
      if (!file.category().isEmpty() && kind(file) != ArchiveKind.FILE) {
        categories.put(path(file), file.category());
      }
    }
    return categories;
  }

  /** Returns all files: images, archives, and what is not there. */
  List<ListedEntry> files(ListingAssignment assignment) {
    List<ListedEntry> entries = new ArrayList<>();
    Set<String> archives = new HashSet<>();
    for (ManifestFiles.Named file : named) {
      if (!file.there()) {
        entries.add(absent(file, assignment));
      } else if (kind(file) == ArchiveKind.FILE || archives.add(file.path())) {
        entries.add(ListedEntry.of(assignment.of(item(file), file.category())));
      }
    }
    return entries;
  }

  /** Returns which files in archives to take: those that a table names, or all. */
  static Members members(Optional<TableListing> table) {
    return table.map(TableListing::members).orElse(Members.ALL);
  }

  private Members members() {
    Set<String> whole = new HashSet<>();
    Set<String> single = new HashSet<>();
    for (ManifestFiles.Named file : named) {
      (file.member().isEmpty() ? whole : single).add(path(file));
    }
    return new Members(false, whole, single);
  }

  /** Returns the files that are named and that their archives do not hold. */
  List<ListedEntry> absentMembers(Set<String> found, ListingAssignment assignment) {
    return named.stream()
        .filter(file -> file.there() && !file.member().isEmpty() && !found.contains(path(file)))
        .map(file -> absent(file, assignment))
        .toList();
  }

  /**
   * The files in archives that are to be taken.
   *
   * @param all whether all are, of every archive
   * @param whole paths of archives of which all files are taken
   * @param single paths of files in archives
   */
  record Members(boolean all, Set<String> whole, Set<String> single) implements Serializable {
    /** Takes all files of all archives. */
    static final Members ALL = new Members(true, Set.of(), Set.of());

    boolean take(ImageItem member) {
      return all || whole.contains(member.file()) || single.contains(member.path());
    }
  }

  private static String path(ManifestFiles.Named file) {
    return file.member().isEmpty() ? file.path() : file.path() + "!/" + file.member();
  }

  private static ArchiveKind kind(ManifestFiles.Named file) {
    return ArchiveKind.of(PathNames.last(file.path())).orElse(ArchiveKind.FILE);
  }

  private static ImageItem item(ManifestFiles.Named file) {
    return new ImageItem(
        file.path(),
        file.name(),
        kind(file),
        file.path(),
        "",
        0,
        0,
        file.length(),
        file.modificationTime(),
        "t" + file.modificationTime());
  }

  private static ListedEntry absent(ManifestFiles.Named file, ListingAssignment assignment) {
    String inside = file.member().isEmpty() ? "" : "!/" + file.member();
    ImageItem item =
        new ImageItem(
            file.path() + inside,
            file.name() + inside,
            ArchiveKind.FILE,
            file.path(),
            file.member(),
            0,
            0,
            0,
            0,
            "gone");
    return ListedEntry.of(
        assignment
            .of(item, file.category())
            .unreadable(
                Reason.GONE,
                "score.input names it in %s, and it is not there".formatted(file.row())));
  }
}
