#!/usr/bin/env bash
# DJL 0.36.0 with PyTorch 2.7.1: NDArrayEx.interpolation(size, mode, alignCorners) gives the same with and without aligned corners,
# that of without: a line 0 1 2 3 doubled ends in 2.75 and 3, not in 18/7 and 3. Its native method, called with true, gives a third
# thing: the scale of aligned corners at the positions of the others. Who trains a network from PyTorch's that has
# align_corners=True trains another one.
# Needs a JDK 17 and a Maven (MVN), and fetches 115 MB. Seen on Linux on x86-64.
set -euo pipefail
mvn="${MVN:-$(cd "$(dirname "$0")/.." && pwd)/mvnw}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>ai.djl.pytorch</groupId><artifactId>pytorch-engine</artifactId><version>0.36.0</version></dependency>
    <dependency><groupId>ai.djl.pytorch</groupId><artifactId>pytorch-jni</artifactId><version>2.7.1-0.36.0</version></dependency>
    <dependency><groupId>ai.djl.pytorch</groupId><artifactId>pytorch-native-cpu</artifactId><version>2.7.1</version><classifier>linux-x86_64</classifier></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
XML
"$mvn" -B -q -ntp -f "$work/pom.xml" dependency:build-classpath -Dmdep.outputFile="$work/classpath"
cat >"$work/Finding.java" <<'JAVA'
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

class Finding {
  static final int BILINEAR = 1; // as ai.djl.modality.cv.Image.Interpolation counts
  static final int NATIVE_BILINEAR = 2;

  public static void main(String[] args) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray line = manager.create(new float[] {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3}, new Shape(1, 1, 4, 4));
      long[] size = {8, 8};
      float[] aligned = row(line.getNDArrayInternal().interpolation(size, BILINEAR, true));
      float[] other = row(line.getNDArrayInternal().interpolation(size, BILINEAR, false));
      float[] inside = row(JniUtils.interpolate((PtNDArray) line, size, NATIVE_BILINEAR, true));
      float[] wanted = new float[8];
      for (int i = 0; i < 8; i++) {
        wanted[i] = i * 3 / 7f;
      }
      System.out.println("by definition, aligned  " + Arrays.toString(wanted));
      System.out.println("alignCorners = true     " + Arrays.toString(aligned));
      System.out.println("alignCorners = false    " + Arrays.toString(other));
      System.out.println("natively, true          " + Arrays.toString(inside));
      if (!Arrays.equals(aligned, other) || close(aligned, wanted) || close(inside, wanted) || close(inside, other)) {
        throw new AssertionError("the behaviour changed");
      }
    }
  }

  static float[] row(NDArray image) {
    return Arrays.copyOf(image.toFloatArray(), 8);
  }

  static boolean close(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > 1e-3) {
        return false;
      }
    }
    return true;
  }
}
JAVA
DJL_CACHE_DIR="$work/cache" DJL_OFFLINE=true java -cp "$(cat "$work/classpath")" "$work/Finding.java"
