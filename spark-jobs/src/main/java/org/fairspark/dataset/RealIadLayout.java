package org.fairspark.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.dataset.ImageEntry.MaskFile;
import org.fairspark.failure.FairException;
import org.fairspark.files.Omission;
import org.fairspark.files.PathNames;
import org.fairspark.text.Json;

/**
 * Real-IAD: {@code realiad_SIZE/CATEGORY/OK/SNNNN/NAME.jpg} and {@code NG/DEFECT/SNNNN}, with the
 * split in {@code realiad_jsons/realiad_jsons/CATEGORY.json}. The root may also hold the categories
 * themselves. A name says which of five views it is, its folder which part; the views of a part are
 * a group. Anomalous training images, which some of its splits have, are left out.
 *
 * @param files reads the splits, and the masks of good images
 */
record RealIadLayout(DatasetFiles files) implements Layout {
  private static final List<String> SPLITS =
      List.of("realiad_jsons/realiad_jsons/", "realiad_jsons/");
  private static final Pattern SIZE = Pattern.compile("realiad_(256|512|1024|raw)");
  private static final Pattern VIEW = Pattern.compile("_(C[0-9]+)_");
  private static final Pattern PART = Pattern.compile(".*/(S[0-9]+)/[^/]*");

  @Override
  public String expected() {
    return "expected realiad_1024/CATEGORY/OK and NG, and"
        + " realiad_jsons/realiad_jsons/CATEGORY.json";
  }

  @Override
  public boolean fits(FileTree tree) {
    return tree.hasFolder("realiad_jsons")
        || tree.foldersIn("").stream().anyMatch(folder -> SIZE.matcher(folder).matches());
  }

  @Override
  public Placement place(FileTree tree) {
    Placement.Builder placement = new Placement.Builder();
    Map<String, FileItem> listed = new HashMap<>();
    Set<String> named = new HashSet<>();
    GoodMasks ofGood = new GoodMasks();
    tree.files().forEach(file -> listed.put(file.name(), file));
    String base = base(tree);
    SortedSet<String> categories = tree.foldersIn(base);
    categories.remove("realiad_jsons");
    for (String category : categories) {
      String folder = PathNames.join(base, category);
      JsonNode splits = splits(category, tree, placement);
      int missing = 0;
      int twice = 0;
      int defective = 0;
      for (Split split : List.of(Split.TRAIN, Split.TEST)) {
        for (JsonNode row : splits.path(split.label())) {
          FileItem image = listed.get(PathNames.join(folder, row.path("image_path").asText()));
          if (image == null) {
            missing++;
            continue;
          }
          FileItem mask = listed.get(PathNames.join(folder, row.path("mask_path").asText()));
          String defect = PathNames.defect(row.path("anomaly_class").asText());
          boolean good = defect.equals(PathNames.GOOD);
          if (split == Split.TRAIN && !good) {
            defective++;
            placement.leave(image, Omission.DEFECT_IN_TRAINING);
            if (mask != null) {
              placement.leave(mask, Omission.DEFECT_IN_TRAINING);
            }
            continue;
          }
          if (!named.add(image.name())) {
            twice++;
            continue;
          }
          ImageEntry entry =
              ImageEntry.of(
                  tree.root(),
                  image,
                  category,
                  split,
                  defect,
                  good || mask == null ? List.of() : List.of(mask),
                  annotations(image, folder));
          placement.image(entry);
          if (good && mask != null) {
            placement.leave(mask, Omission.MASK_OF_GOOD);
            ofGood.addOfRow(entry, List.of(MaskFile.of(tree.root(), mask)));
          }
        }
      }
      if (twice > 0) {
        placement.note(
            "%s: %d row(s) of its split name an image a second time; the first row counts"
                .formatted(category, twice));
      }
      if (missing > 0) {
        placement.note("%s: %d image(s) of its split are not there".formatted(category, missing));
      }
      if (defective > 0) {
        placement.note(
            "%s: %d training image(s) with a defect are left out".formatted(category, defective));
      }
    }
    ofGood.judge(files, placement);
    return placement.build().settled();
  }

  /** Returns the folder of the categories; of several sizes the largest. */
  private static String base(FileTree tree) {
    return tree.foldersIn("").stream()
        .filter(folder -> SIZE.matcher(folder).matches())
        .max((a, b) -> Integer.compare(size(a), size(b)))
        .orElse("");
  }

  private static int size(String folder) {
    String size = folder.substring(folder.indexOf('_') + 1);
    return size.equals("raw") ? Integer.MAX_VALUE : Integer.parseInt(size);
  }

  private JsonNode splits(String category, FileTree tree, Placement.Builder placement) {
    for (String folder : SPLITS) {
      String name = folder + category + ".json";
      try {
        JsonNode splits = Json.parse(files.text(name));
        placement.table(name);
        return splits;
      } catch (FileNotFoundException e) {
        // Perhaps in the other folder.
      } catch (JsonProcessingException e) {
        throw FairException.refused(
            "the split of " + category + " is not JSON: " + e.getOriginalMessage(),
            tree.root() + "/" + name,
            "restore the file from the data set's archive",
            e);
      } catch (IOException e) {
        throw FairException.refused(
            "the split of " + category + " cannot be read: " + e.getMessage(),
            tree.root() + "/" + name,
            "check that this user may read the file",
            e);
      }
    }
    placement.note(
        "%s: there is no %s%s.json, so all its images are left out"
            .formatted(category, SPLITS.get(0), category));
    return Json.tree(Map.of());
  }

  private static Annotations annotations(FileItem image, String folder) {
    Matcher view = VIEW.matcher(PathNames.last(image.name()));
    Matcher part = PART.matcher(image.name());
    SortedMap<String, String> none = new TreeMap<>();
    String below = image.folder().substring(folder.length() + 1);
    return new Annotations(part.matches() ? below : "", view.find() ? view.group(1) : "", "", none);
  }
}
