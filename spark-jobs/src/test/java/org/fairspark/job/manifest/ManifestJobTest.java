package org.fairspark.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.fairspark.JobCall;
import org.fairspark.config.ConfigLoader;
import org.fairspark.dataset.manifest.ManifestReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestJobTest {
  @TempDir Path folder;

  @Test
  void aTableCanBeEditedWithAnyProgram() throws Exception {
    Path image = folder.resolve("data/nut/good/0.png");
    Files.createDirectories(image.getParent());
    Files.write(image, new byte[3]);
    Path table = folder.resolve("table.csv");
    JobCall.run(
        new ManifestJob(),
        ConfigLoader.load(
            List.of(),
            List.of(
                "data.root=" + folder.resolve("data"),
                "data.layout=folder",
                "manifest.to=" + table)));
    try (var beside = Files.list(folder)) {
      assertThat(beside).as("no file of checksums").hasSize(2);
    }
    Files.writeString(table, Files.readString(table).replace("nut", "bolt"));
    // Where one was left by another program, it is not asked.
    Files.write(folder.resolve(".table.csv.crc"), new byte[12]);
    assertThat(new ManifestReader(new Configuration()).read(table.toString()).rows()).hasSize(1);
  }

  @Test
  void aTreeThatTheLayoutRefusesGivesATableToFillIn() throws Exception {
    for (String name : List.of("good/0", "good/4", "dent/1", "dent/1_m")) {
      Path image = folder.resolve("data/nut").resolve(name + ".png");
      Files.createDirectories(image.getParent());
      Files.write(image, new byte[3]);
    }
    Path table = folder.resolve("table.csv");
    for (String layout : List.of("folder", "mvtec", "auto", "visa")) {
      JobCall.run(
          new ManifestJob(),
          ConfigLoader.load(
              List.of(),
              List.of(
                  "data.root=" + folder.resolve("data"),
                  "data.layout=" + layout,
                  "manifest.to=" + table)));
      assertThat(Files.readAllLines(table))
          .as(layout)
          .hasSize(5)
          .contains(
              "path,category,split,label,defect,mask",
              "nut/dent/1.png,nut,test,,dent,",
              "nut/dent/1_m.png,nut,,,,");
    }
  }
}
