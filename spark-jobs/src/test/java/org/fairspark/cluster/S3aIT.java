package org.fairspark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark on s3a:// with the preset that users get, against an S3 server of this machine. */
class S3aIT {
  @Test
  void presetBringsTheFileSystemAndItsCommitter(@TempDir Path work) {
    MavenFolder.fetch("s3a");
    Path target = Repository.root().resolve("spark-jobs/target/test-clusters");
    try (S3Store store = S3Store.start(work)) {
      SparkSubmit submit =
          SparkSubmit.to("local[2]", "client", work)
              .option(
                  "--properties-file",
                  Repository.root().resolve("conf/spark/s3a.properties").toString())
              .conf("spark.jars.ivy", target.resolve("ivy").toString());
      SparkSubmit.Result result =
          store
              .use(submit)
              .run(
                  300,
                  ClusterProbe.class,
                  ProbeJar.of(work, ClusterProbe.class),
                  "s3a://" + S3Store.BUCKET + "/table");

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output())
          .contains("PROBE rows=1000 sum=332833500 executors=[driver] committer=magic");
    }
  }
}
