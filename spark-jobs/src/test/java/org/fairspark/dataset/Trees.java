package org.fairspark.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fairspark.files.Omissions;
import org.fairspark.files.PathNames;

/** Trees of files for tests: in memory from names alone, or as tiny files. */
final class Trees {
  /** Files without texts and masks, for trees of names alone. */
  static final DatasetFiles NO_FILES = texts("");

  private Trees() {}

  /** Returns a tree of files of one byte, given in any order. */
  static FileTree of(String... files) {
    List<FileItem> items = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>();
    for (String file : files) {
      items.add(new FileItem(file, 1, 1000));
      for (String f = PathNames.folder(file); !f.isEmpty(); f = PathNames.folder(f)) {
        folders.add(f);
      }
    }
    return new FileTree("file:/data/root", items, folders, Omissions.NONE);
  }

  static void touch(Path root, String... files) throws IOException {
    for (String file : files) {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "x");
    }
  }

  /** Returns {@code category split defect id mask}, a line for each image. */
  static List<String> lines(Iterable<ImageEntry> entries) {
    List<String> lines = new ArrayList<>();
    for (ImageEntry e : entries) {
      lines.add(
          "%s %s %s %s %s"
              .formatted(e.category(), e.split().label(), e.defect(), e.imageId(), masks(e)));
    }
    return lines;
  }

  private static String masks(ImageEntry entry) {
    return entry.masks().isEmpty()
        ? "-"
        : String.join(";", entry.masks().stream().map(ImageEntry.MaskFile::name).toList());
  }

  /** Returns files of which every text is the given one, and nothing lies elsewhere. */
  static DatasetFiles texts(String text) {
    return new DatasetFiles() {
      @Override
      public String text(String name) {
        return text;
      }

      @Override
      public String qualified(String path) {
        return path.startsWith("/") ? "file:" + path : path;
      }

      @Override
      public Map<String, FileItem> find(Collection<String> uris) {
        return Map.of();
      }

      @Override
      public Set<String> black(Collection<ImageEntry.MaskFile> masks) {
        return Set.of();
      }

      @Override
      public Set<String> marked(Collection<Mask> masks) {
        return Set.of();
      }
    };
  }
}
