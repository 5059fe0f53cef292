package org.fairspark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.fairspark.LocalSpark;
import org.fairspark.config.DataConfig;
import org.fairspark.config.DataLayout;
import org.fairspark.dataset.ImageEntry.Annotations;
import org.fairspark.failure.FairException;
import org.fairspark.files.Omission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  @TempDir Path folder;

  private ImageListing list(String table) throws IOException {
    Path file = folder.resolve("table");
    Files.writeString(file, table);
    return list(file);
  }

  private ImageListing list(Path table) throws IOException {
    Files.createDirectories(folder.resolve("parts"));
    return new DatasetReader(new Configuration(false))
        .list(
            new DataConfig(
                folder.resolve("parts").toString(),
                DataLayout.MANIFEST,
                Optional.of(table.toString()),
                List.of()));
  }

  private void files(String... names) throws IOException {
    Trees.touch(folder.resolve("parts"), names);
  }

  @Test
  void saysOfEveryImageWhatItIs() throws IOException {
    files("a/1.png", "a/2.png", "a/3.png", "b/4.png", "m/3.png", "m/3b.png", "unnamed.png");
    ImageListing listing =
        list(
            """
            path,category,split,label,defect,mask,group,view,condition,Operator
            a/1.png,nut,train,0,,,lot 1,top,dark,7
            a/2.png,nut,calibration,good,,,lot 2,,,
            a/3.png,nut,test,1,"cut, deep",m/3.png;m/3b.png,lot 3,side,bright,
            b/4.png,nut,test,normal,,,,,,
            """);
    assertThat(Trees.lines(listing.entries()))
        .containsExactly(
            "nut train good a/1.png -",
            "nut calibration good a/2.png -",
            "nut test cut, deep a/3.png m/3.png;m/3b.png",
            "nut test good b/4.png -");
    assertThat(listing.entries().get(0).annotations())
        .isEqualTo(
            new Annotations(
                "lot 1",
                "top",
                "dark",
                new java.util.TreeMap<>(java.util.Map.of("Operator", "7"))));
    assertThat(listing.entries().get(2).maskPaths())
        .isEqualTo(listing.root() + "/m/3.png;" + listing.root() + "/m/3b.png");
    assertThat(listing.notes()).isEmpty();
  }

  @Test
  void aPathAloneIsEnough() throws IOException {
    files("1.png", "2.png", "3.png");
    ImageListing listing = list("path\n1.png\n2.png\n./3.png\n");
    assertThat(listing.counts()).containsOnlyKeys("parts");
    assertThat(listing.counts().get("parts").train()).isBetween(1, 2);
    assertThat(listing.counts().get("parts").testGood()).isBetween(1, 2);
    assertThat(listing.notes())
        .anyMatch(n -> n.contains("says nothing of defects"))
        .anyMatch(n -> n.contains("chosen for training"));
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithRowAndColumn() throws IOException {
    files("1.png", "2.png", "3.png", "4.png");
    assertThatThrownBy(
            () ->
                list(
                    """
                    path,category,split,label,group
                    1.png,nut,trian,0,
                    2.png,nut,train,scratch,
                    2.png,nut,test,0,
                    ../3.png,nut,test,0,
                    3.png,a/b,test,7,
                    ,nut,test,0,
                    4.png,,test,0
                    4.png,,test,0,
                    """))
        .isInstanceOf(FairException.class)
        .hasMessageContaining("the table of images has 9 problems")
        .hasMessageContaining("row 2, column split: 'trian' is none of train, calibration, test")
        .hasMessageContaining("row 3, column split: an image with the defect 'scratch'")
        .hasMessageContaining("row 4, column path: 2.png is named in row 3 already")
        .hasMessageContaining("row 5, column path: '../3.png' leads out of data.root")
        .hasMessageContaining("row 6, column category: 'a/b'")
        .hasMessageContaining("row 6, column label: '7' is neither 0 (normal) nor 1 (anomalous)")
        .hasMessageContaining("row 7, column path: it is empty")
        .hasMessageContaining("row 9, column category: it is empty")
        .hasMessageContaining("row 8 has 4 cells, the first line has 5 columns");
  }

  @Test
  void manyProblemsAreCounted() throws IOException {
    StringBuilder table = new StringBuilder("path,split\n");
    for (int i = 0; i < 30; i++) {
      files(i + ".png");
      table.append(i).append(".png,day\n");
    }
    assertThatThrownBy(() -> list(table.toString()))
        .hasMessageContaining("30 problems")
        .hasMessageContaining("row 21,")
        .hasMessageContaining("and 10 more");
  }

  @Test
  void whatIsNotThereIsNamedAndTheRestIsUsed() throws IOException {
    files("1.png", "2.png");
    ImageListing listing =
        list("path,split,label,mask\n1.png,train,0,\n9.png,train,0,\n2.png,test,1,m.png\n");
    assertThat(listing.entries()).hasSize(2);
    assertThat(listing.notes())
        .contains(
            "1 image(s) of the table are not there and left out: row 3, column path: 9.png",
            "1 mask(s) of the table are not there: row 4, column mask: m.png");
  }

  @Test
  void groupsAreNeverDivided() throws IOException {
    StringBuilder table = new StringBuilder("path,group,label\n");
    for (int i = 0; i < 60; i++) {
      files(i + ".png");
      // Lot 3 has a defect, so all of it is tested.
      table.append(i + ".png,lot " + i / 6 + "," + (i == 20 ? 1 : 0) + "\n");
    }
    ImageListing listing = list(table.toString());
    for (int lot = 0; lot < 10; lot++) {
      String name = "lot " + lot;
      assertThat(
              listing.entries().stream()
                  .filter(e -> e.annotations().group().equals(name))
                  .map(ImageEntry::split)
                  .distinct())
          .as(name)
          .hasSize(1);
    }
    assertThat(listing.counts().get("parts").train()).isBetween(12, 54);
    assertThatThrownBy(() -> list("path,group,split\n1.png,a,train\n2.png,b,test\n3.png,a,test\n"))
        .hasMessageContaining("row 4, column group: the group 'a' is test here and train in row 2");
  }

  @Test
  void imagesLieWhereverTheTableSays() throws IOException {
    files("1.png");
    Trees.touch(folder, "elsewhere/2.png", "elsewhere/scan-3");
    String elsewhere = folder.resolve("elsewhere").toRealPath().toString();
    String root = folder.resolve("parts").toRealPath().toString();
    ImageListing listing =
        list(
            "path,defect,mask\n%s/1.png,good,\nfile://%s/2.png,cut,%s/scan-3\n"
                .formatted(root, elsewhere, elsewhere));
    assertThat(listing.entries())
        .extracting(ImageEntry::imageId)
        .containsExactly("1.png", "file:" + elsewhere + "/2.png");
    assertThat(listing.entries().get(1).path()).isEqualTo("file:" + elsewhere + "/2.png");
    assertThat(listing.entries().get(1).maskPaths()).isEqualTo("file:" + elsewhere + "/scan-3");
  }

  @Test
  void everyFileBelowTheRootIsAccountedFor() throws IOException {
    files("1.png", "2.png", "3.png", "4.png", "m/1.png", "m/2.png", "odd/5", "notes.txt");
    Trees.touch(folder, "elsewhere/2.png");
    Path table = folder.resolve("parts/table.csv");
    Files.writeString(
        table,
        """
        path,split,label,mask
        1.png,train,good,m/1.png
        2.png,test,cut,m/2.png
        3.png,test,,
        odd/5,test,good,
        %s,test,good,
        """
            .formatted(folder.resolve("elsewhere/2.png").toRealPath()));
    ImageListing listing = list(table);
    assertThat(listing.entries()).hasSize(4);
    FileAccount files = listing.files();
    assertThat(files.files()).as("all below the root").isEqualTo(9);
    assertThat(files.images()).as("images below the root").isEqualTo(3);
    assertThat(files.masks()).isEqualTo(1);
    assertThat(files.tables()).isEqualTo(1);
    assertThat(files.left().files(Omission.NO_LABEL)).as("3.png").isEqualTo(1);
    assertThat(files.left().files(Omission.NOT_IN_TABLE)).as("4.png").isEqualTo(1);
    assertThat(files.left().files(Omission.MASK_OF_GOOD)).as("m/1.png").isEqualTo(1);
    assertThat(files.left().files(Omission.NOT_AN_IMAGE)).as("notes.txt").isEqualTo(1);
  }

  @Test
  void theKindOfFileIsSeenByItsContent() throws IOException {
    files("1.png", "2.png", "m/1.png", "m;2.png");
    List<String> expected = List.of("nut test cut 2.png m/1.png;m;2.png", "nut train good 1.png -");
    SparkSession spark = LocalSpark.session();
    SparkSession.setActiveSession(spark);
    Path parquet = folder.resolve("parquet");
    spark
        .sql(
            "SELECT '1.png' path, 'nut' category, 'train' split, 0 label, array() mask"
                + " UNION ALL SELECT '2.png', 'nut', 'test', 1, array('m/1.png', 'm;2.png')")
        .selectExpr(
            "path AS image_path",
            "category",
            "split",
            "if(label = 0, 'good', 'cut') AS defect",
            "CAST(mask AS array<string>) AS mask_paths")
        .coalesce(1)
        .write()
        .parquet(parquet.toString());
    assertThat(Trees.lines(list(parquet).entries())).containsExactlyInAnyOrderElementsOf(expected);

    String json =
        """
        {"path": "1.png", "category": "nut", "split": "train", "defect": null, "label": 0}
        {"path": "2.png", "category": "nut", "defect": "cut", "mask": ["m/1.png", "m;2.png"]}
        """;
    assertThat(Trees.lines(list(json).entries())).containsExactlyInAnyOrderElementsOf(expected);

    String csv =
        "Path;Category;Split;Defect;Mask\r\n1.png;nut;train;;\r\n"
            + "2.png;nut;;cut;\"[\"\"m/1.png\"\", \"\"m;2.png\"\"]\"\r\n";
    Path gz = folder.resolve("table.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      out.write(("\uFEFF" + csv).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Trees.lines(list(gz).entries())).containsExactlyInAnyOrderElementsOf(expected);

    Path unicode = folder.resolve("unicode.txt");
    Files.write(unicode, csv.replace(';', '\t').getBytes(StandardCharsets.UTF_16));
    assertThat(Trees.lines(list("path,category,split,defect\n1.png,nut,train,\n").entries()))
        .containsExactly("nut train good 1.png -");
    assertThatThrownBy(
            () -> {
              Files.write(unicode, "path\nb\u00e4r.png\n".getBytes(StandardCharsets.ISO_8859_1));
              list(unicode);
            })
        .hasMessageContaining("not text in UTF-8");
  }

  @Test
  void tablesOfGroundTruthAndLookoutForVisionAreReadAsTheyAre() throws IOException {
    files("img/ok.png", "img/bad.png", "img/cut.png", "mask/cut.png");
    String root = folder.resolve("parts").toRealPath().toString();
    Path manifests = Files.createDirectories(folder.resolve("manifests"));
    Files.writeString(
        manifests.resolve("train.manifest"),
        """
        {"source-ref":"ROOT/img/ok.png","anomaly-label":0,"anomaly-label-metadata":{"confidence":1.0,\
        "job-name":"j","class-name":"normal","human-annotated":"yes",\
        "creation-date":"2021-04-14T04:30:14.763","type":"groundtruth/image-classification"}}
        {"source-ref":"ROOT/img/bad.png","anomaly-label":1,"anomaly-label-metadata":{"confidence":1.0,\
        "class-name":"anomaly","type":"groundtruth/image-classification"},"line":4}
        """
            .replace("ROOT", root));
    Files.writeString(
        manifests.resolve("test.manifest"),
        """
        {"source-ref":"ROOT/img/cut.png","anomaly-label":1,"anomaly-label-metadata":{\
        "class-name":"anomaly","type":"groundtruth/image-classification"},\
        "anomaly-mask-ref":"ROOT/mask/cut.png","anomaly-mask-ref-metadata":{"internal-color-map":{\
        "0":{"class-name":"BACKGROUND","hex-color":"#ffffff","confidence":0.0},\
        "1":{"class-name":"scratch","hex-color":"#2ca02c","confidence":0.0}},\
        "type":"groundtruth/semantic-segmentation"}}
        """
            .replace("ROOT", root));
    ImageListing listing = list(manifests);
    assertThat(Trees.lines(listing.entries()))
        .containsExactly(
            "parts train good img/ok.png -",
            "parts test anomaly img/bad.png -",
            "parts test scratch img/cut.png mask/cut.png");
    assertThat(listing.entries().get(1).annotations().others()).containsEntry("line", "4");
    assertThat(listing.entries().get(2).annotations().others())
        .containsEntry("mask_background", "#ffffff");
  }

  @Test
  void boxesAndSeveralLabelsOfGroundTruthAreDefects() throws IOException {
    files("0.png", "1.png", "2.png", "3.png");
    String boxes =
        """
        {"source-ref":"%d.png","b":{"annotations":[%s]},"b-metadata":{"class-map":{"0":"dent","1":        "cut"},"type":"groundtruth/object-detection"}}
        """;
    assertThat(
            list(boxes.formatted(0, "")
                    + boxes.formatted(1, "")
                    + boxes.formatted(2, "{\"class_id\":0},{\"class_id\":0}")
                    + boxes.formatted(3, "{\"class_id\":1},{\"class_id\":0}"))
                .kinds())
        .containsExactly("parts: kinds of defect: cut+dent 1, dent 1");
    String labels =
        """
        {"source-ref":"%d.png","l":%s,"l-metadata":{"class-map":{"4":"dent"},\
        "type":"groundtruth/image-classification-multilabel"}}
        """;
    assertThat(list(labels.formatted(0, "[]") + labels.formatted(1, "[4]")).counts().get("parts"))
        .isEqualTo(new ImageListing.Counts(1, 0, 0, 1, 1));
  }

  @Test
  void aTableWithoutRowsIsToldAsSuch() throws IOException {
    files("1.png");
    assertThatThrownBy(() -> list("path,split\n"))
        .hasMessageContaining("it has no rows, only the names of columns");
    assertThatThrownBy(() -> list("")).hasMessageContaining("it is empty");
  }

  @Test
  void aColumnThatIsNearlyOneIsAskedAbout() throws IOException {
    files("1.png");
    assertThat(list("path,spilt\n1.png,train\n").notes())
        .contains("the column 'spilt' only travels along; did you mean split?");
    assertThatThrownBy(() -> list("file,split\n1.png,train\n"))
        .hasMessageContaining("there is no column path; there are: file, split");
    assertThatThrownBy(() -> list("path,image_path\n1.png,1.png\n"))
        .hasMessageContaining("several columns mean path: path, image_path");
  }
}
