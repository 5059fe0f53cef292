#!/usr/bin/env bash
# Opens the notebooks in Jupyter, with the product and Spark on the class path of its Java kernel:
#
#   ./notebooks/open.sh [OUTPUT [SWEEP-OUTPUT]]
#
# OUTPUT is the output.root of a finished run and SWEEP-OUTPUT that of a sweep, for the notebooks 2
# and 3. What is missing is built first. With SPARK_HOME that Spark is used, without it the one that
# the build assembles. JUPYTER names the command, "jupyter lab" unless told.
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"

"$home/submit.sh" --version
spark="${SPARK_HOME:-$home/spark-jobs/local-spark/target/spark}"

read -r -a jupyter <<<"${JUPYTER:-jupyter lab}"
if ! command -v "${jupyter[0]}" >/dev/null; then
  printf 'error  Jupyter was not found\nwhere  %s\nto do  %s\n' \
    "JUPYTER=${JUPYTER:-jupyter lab}" "pip install jupyterlab jjava" >&2
  exit 2
fi

# Every kernel on top of JShell reads one of these; the Java launcher itself reads the third.
export JJAVA_CLASSPATH="$home/spark-jobs/target/fair-spark-1.0.0.jar:$spark/jars/*"
export IJAVA_CLASSPATH="$JJAVA_CLASSPATH"
export JDK_JAVA_OPTIONS="\"@$home/notebooks/java.options\"\
 \"-Dlog4j2.configurationFile=$home/conf/log4j2.properties\" ${JDK_JAVA_OPTIONS:-}"
# Nobody else needs to reach the notebook's Spark.
export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}"

# Kernels start in the folder of their notebook; a URI stays as it is.
whole() { if [[ -d "$1" ]]; then (cd "$1" && pwd -P); else printf '%s' "$1"; fi; }
if [[ -n "${1:-}" ]]; then export FAIR_OUTPUT="$(whole "$1")"; fi
if [[ -n "${2:-}" ]]; then export FAIR_SWEEP="$(whole "$2")"; fi

exec "${jupyter[@]}" "$home/notebooks"
