package org.fairspark.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.fairspark.config.Suggestion;
import org.fairspark.dataset.ImageEntry.MaskFile;
import org.fairspark.dataset.manifest.ManifestColumn;
import org.fairspark.dataset.manifest.ManifestProblems;
import org.fairspark.dataset.manifest.ManifestRow;
import org.fairspark.dataset.manifest.ManifestTable;
import org.fairspark.dataset.manifest.MaskNames;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;

/**
 * A table that says of every image what it is. Only the column {@code path} is needed; the rules
 * for what the other columns leave open stand in the package page of {@code org.fairspark.dataset}.
 *
 * @param table as read
 * @param files finds images outside of the data root, and reads the masks of good images
 */
record ManifestLayout(ManifestTable table, DatasetFiles files) implements Layout {
  /** Rows that a note names; it counts the others. */
  private static final int NAMED = 5;

  @Override
  public String expected() {
    return "expected a table in data.manifest whose column path names images, relative to"
        + " data.root";
  }

  /** No tree looks like a table: it is asked for. */
  @Override
  public boolean fits(FileTree tree) {
    return false;
  }

  @Override
  public Placement place(FileTree tree) {
    return new Reading(tree).placement();
  }

  /** The reading of the table beside one tree. */
  private final class Reading {
    private final FileTree tree;
    private final ManifestPaths paths;
    private final ManifestProblems problems = table.problems();
    private final Map<String, ManifestRow> rowsByImage = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> missingMasks = new ArrayList<>();
    private final List<String> unlabelled = new ArrayList<>();
    private final Map<String, Omission> left = new HashMap<>();
    private final Map<String, List<MaskFile>> masksOfGood = new HashMap<>();
    private final boolean labels = table.has(ManifestColumn.LABEL);

    Reading(FileTree tree) {
      this.tree = tree;
      this.paths = new ManifestPaths(tree, files);
    }

    Placement placement() {
      List<List<String>> masks = new ArrayList<>();
      for (ManifestRow row : table.rows()) {
        expect(row.cell(ManifestColumn.PATH));
        masks.add(masks(row));
        masks.get(masks.size() - 1).forEach(this::expect);
      }
      paths.look();
      Map<String, List<ManifestImage>> categories = new TreeMap<>();
      for (int i = 0; i < masks.size(); i++) {
        image(table.rows().get(i), masks.get(i))
            .ifPresent(
                image ->
                    categories
                        .computeIfAbsent(image.category(), c -> new ArrayList<>())
                        .add(image));
      }
      List<ImageEntry> entries = new ArrayList<>();
      noteMeaninglessColumns();
      categories.forEach(
          (category, images) -> {
            ManifestSplits splits = new ManifestSplits(images, problems);
            entries.addAll(splits.entries());
            int[] divided = splits.divided();
            if (divided[0] > 0) {
              notes.add(
                  "%s: no split in the table, so %d of %d good images were chosen for training"
                      .formatted(category, divided[1], divided[0]));
            }
          });
      problems.requireNone();
      if (!labels
          && !table.has(ManifestColumn.DEFECT)
          && entries.stream().allMatch(e -> e.label() == 0)) {
        notes.add("the table says nothing of defects, so all its images are taken as good");
      }
      note(missing, "%d image(s) of the table are not there and left out: %s");
      note(missingMasks, "%d mask(s) of the table are not there: %s");
      note(
          unlabelled,
          "%d test image(s) have neither label nor defect and are left out (score scores them):"
              + " %s");
      return account(entries);
    }

    /** Accounts for all files below the root. */
    private Placement account(List<ImageEntry> entries) {
      Placement.Builder placement = new Placement.Builder();
      Set<String> used = new HashSet<>();
      for (ImageEntry entry : entries) {
        placement.image(entry);
        use(entry.root(), entry.imageId(), used, placement);
        entry.masks().forEach(mask -> use(mask.root(), mask.name(), used, placement));
      }
      for (FileItem file : tree.files()) {
        if (!used.contains(file.name())) {
          placement.leave(file, left.getOrDefault(file.name(), Omission.NOT_IN_TABLE));
        }
      }
      judgeGood(entries, used, placement);
      table.files().stream()
          .filter(uri -> uri.startsWith(tree.root() + "/"))
          .map(uri -> uri.substring(tree.root().length() + 1))
          .filter(paths::isOtherFile)
          .forEach(placement::table);
      notes.forEach(placement::note);
      return placement.build().settled();
    }

    /** Reads the masks of good images, but for those that other rows have for anomalous ones. */
    private void judgeGood(
        List<ImageEntry> entries, Set<String> used, Placement.Builder placement) {
      GoodMasks ofGood = new GoodMasks();
      for (ImageEntry entry : entries) {
        if (entry.label() == 0) {
          ofGood.addOfRow(
              entry,
              masksOfGood.getOrDefault(entry.imageId(), List.of()).stream()
                  .filter(mask -> !used.contains(mask.name()))
                  .toList());
        }
      }
      ofGood.judge(files, placement);
    }

    private void use(String root, String name, Set<String> used, Placement.Builder placement) {
      used.add(name);
      if (!root.isEmpty() && paths.isUnlisted(name)) {
        placement.unlisted(name);
      }
    }

    private void expect(String path) {
      if (!path.isEmpty() && !ManifestPaths.climbs(path)) {
        paths.expect(path);
      }
    }

    private List<String> masks(ManifestRow row) {
      try {
        return MaskNames.of(row.cell(ManifestColumn.MASK));
      } catch (IllegalArgumentException e) {
        problems.add(row, ManifestColumn.MASK, e.getMessage());
        return List.of();
      }
    }

    /** Returns the image of a row; nothing if it is left out or is a problem. */
    private Optional<ManifestImage> image(ManifestRow row, List<String> maskNames) {
      Optional<Split> split = split(row);
      Optional<String> label = ManifestLabel.of(row, problems);
      String category = category(row);
      List<MaskFile> masks = new ArrayList<>();
      for (String name : maskNames) {
        file(row, ManifestColumn.MASK, name, missingMasks).ifPresent(f -> masks.add(f.mask()));
      }
      String path = row.cell(ManifestColumn.PATH);
      if (path.isEmpty()) {
        problems.add(row, ManifestColumn.PATH, "it is empty");
        return Optional.empty();
      }
      Optional<ManifestPaths.Located> file = file(row, ManifestColumn.PATH, path, missing);
      if (file.isEmpty() || isSecond(row, file.get())) {
        return Optional.empty();
      }
      if (label.isEmpty() && !maskNames.isEmpty()) {
        label = Optional.of(PathNames.BAD);
      }
      if (label.isEmpty() && (!labels || split.filter(s -> s != Split.TEST).isPresent())) {
        label = Optional.of(PathNames.GOOD);
      }
      if (label.isEmpty()) {
        unlabelled.add(row.place());
        left.put(file.get().file().name(), Omission.NO_LABEL);
        return Optional.empty();
      }
      if (label.get().equals(PathNames.GOOD) && !masks.isEmpty()) {
        masks.forEach(mask -> left.put(mask.name(), Omission.MASK_OF_GOOD));
        masksOfGood.put(file.get().file().name(), masks);
      }
      // A file's name is no more than a hint: training tables of others hold defects too.
      boolean moved =
          row.cell(ManifestColumn.SPLIT).isEmpty() && !label.get().equals(PathNames.GOOD);
      return Optional.of(
          new ManifestImage(
              row,
              file.get(),
              category,
              moved ? Optional.empty() : split,
              label.get(),
              masks,
              ManifestAnnotations.annotations(row)));
    }

    private Optional<ManifestPaths.Located> file(
        ManifestRow row, ManifestColumn column, String path, List<String> absent) {
      if (ManifestPaths.climbs(path)) {
        problems.add(
            row, column, "'%s' leads out of data.root; give an absolute path".formatted(path));
        return Optional.empty();
      }
      Optional<ManifestPaths.Located> file = paths.find(path);
      if (file.isEmpty()) {
        absent.add("%s, column %s: %s".formatted(row.place(), column.title(), path));
      }
      return file;
    }

    private boolean isSecond(ManifestRow row, ManifestPaths.Located file) {
      ManifestRow first = rowsByImage.putIfAbsent(file.file().name(), row);
      if (first != null) {
        problems.add(
            row,
            ManifestColumn.PATH,
            "%s is named in %s already".formatted(file.file().name(), first.place()));
      }
      return first != null;
    }

    private String category(ManifestRow row) {
      String category = row.cell(ManifestColumn.CATEGORY);
      if (category.isEmpty()) {
        if (table.has(ManifestColumn.CATEGORY)) {
          problems.add(
              row,
              ManifestColumn.CATEGORY,
              "it is empty; without this column all images" + " are one category");
        }
        return tree.rootName();
      }
      if (category.contains("/") || category.contains("\\") || category.startsWith(".")) {
        problems.add(
            row,
            ManifestColumn.CATEGORY,
            "'%s' cannot name a folder of models; take a name without slashes".formatted(category));
      }
      return category;
    }

    private Optional<Split> split(ManifestRow row) {
      String cell = row.cell(ManifestColumn.SPLIT);
      String word = (cell.isEmpty() ? row.fileSplit() : cell).toLowerCase(Locale.ROOT);
      return switch (word) {
        case "" -> Optional.empty();
        case "train", "training" -> Optional.of(Split.TRAIN);
        case "calibration", "validation", "val" -> Optional.of(Split.CALIBRATION);
        case "test", "testing" -> Optional.of(Split.TEST);
        default -> {
          problems.add(
              row,
              ManifestColumn.SPLIT,
              "'%s' is none of train, calibration, test".formatted(cell));
          yield Optional.empty();
        }
      };
    }

    private void noteMeaninglessColumns() {
      List<String> absent = new ArrayList<>(ManifestColumn.titles());
      absent.removeIf(title -> table.has(ManifestColumn.named(title).orElseThrow()));
      table.columns().stream()
          .filter(name -> ManifestColumn.named(name).isEmpty())
          .sorted()
          .forEach(
              name ->
                  Suggestion.nearest(name, absent)
                      .ifPresent(
                          near ->
                              notes.add(
                                  "the column '%s' only travels along; did you mean %s?"
                                      .formatted(name, near))));
    }

    private void note(List<String> places, String text) {
      if (!places.isEmpty()) {
        String named = String.join("; ", places.stream().limit(NAMED).toList());
        int more = places.size() - NAMED;
        notes.add(
            text.formatted(places.size(), more > 0 ? named + "; and " + more + " more" : named));
      }
    }
  }
}
