#!/usr/bin/env bash
# Runs a job of FAIR on Spark:
#
#   ./submit.sh JOB [--conf FILE]... [--set KEY=VALUE]... [--dry-run] [-- SPARK-SUBMIT-OPTIONS]
#
# ./submit.sh --help lists the jobs. What comes after -- goes to spark-submit as it stands. With
# SPARK_HOME that Spark is used, without it one that the build assembles. What is missing or older
# than its sources is built first; then an archive of classes is made, from which jobs start faster
# (./submit.sh rehearse makes that alone).
#
# Environment: JAVA_HOME, SPARK_HOME; FAIR_LOG, the log file of this run; FAIR_BUILD=never, never
# builds; FAIR_PROFILES, the Maven profiles that it builds with (pytorch, pytorch-gpu, onnx-gpu, cuda;
# several with commas between; without it those of the last build); FAIR_CLASS_ARCHIVE=never, neither
# makes nor uses the archive of classes; FAIR_JVM_FOLDER, where to look for Java besides JAVA_HOME and the PATH (/usr/lib/jvm);
# OMP_NUM_THREADS, GOMP_SPINCOUNT (or OMP_WAIT_POLICY) and SPARK_DRIVER_MEMORY, instead of what is chosen below; TMPDIR, for all natives
# and for Spark's files on their way (/tmp; without TMPDIR, JavaCPP keeps its natives in ~/.javacpp).
set -euo pipefail

fail() { # what, where, what to do
  printf 'error  %s\nwhere  %s\nto do  %s\n' "$1" "$2" "$3" >&2
  exit "${4:-1}"
}

# This folder, also when called through a symbolic link.
self="${BASH_SOURCE[0]}"
while [[ -L "$self" ]]; do
  link="$(readlink "$self")"
  [[ "$link" == /* ]] && self="$link" || self="$(dirname "$self")/$link"
done
home="$(cd "$(dirname "$self")" && pwd -P)"

# ---- The process ------------------------------------------------------------------------------

# Java takes the encoding of file names from the locale: under C or POSIX, which cron, containers and
# systemd give, it loses every name that is not ASCII.
utf8_locale=''
case "$(locale charmap 2>/dev/null || echo "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}")" in
  *[Uu][Tt][Ff]-8 | *[Uu][Tt][Ff]8) utf8_locale="${LC_ALL:-${LC_CTYPE:-${LANG:-C.UTF-8}}}" ;;
  *)
    utf8_locale=C.UTF-8
    export LC_ALL="$utf8_locale"
    ;;
esac

# Hadoop asks the system for the user's name and ends without one.
id -un >/dev/null 2>&1 ||
  fail "the user with the number $(id -u) has no name on this machine, and Spark does not start without" \
    "/etc/passwd" "add a line for it, as in: echo 'fair:x:$(id -u):$(id -g)::${HOME:-/tmp}:/bin/sh' >> /etc/passwd" 2

# Natives are unpacked into the folder for temporary files and loaded from there.
temporary="${TMPDIR:-/tmp}"
probe="$(mktemp "$temporary/fair-probe-XXXXXX" 2>/dev/null)" ||
  fail "the folder for temporary files cannot be written" "$temporary" \
    "set TMPDIR to a folder that can be written and is not mounted noexec" 2
printf '#!/bin/sh\n' >"$probe" && chmod +x "$probe"
"$probe" 2>/dev/null || {
  rm -f "$probe"
  fail "nothing can be run from the folder for temporary files, so that natives cannot be loaded (noexec?)" \
    "$temporary" "set TMPDIR to a folder that is not mounted noexec" 2
}
rm -f "$probe"

# ---- Java -------------------------------------------------------------------------------------

java_version() { # java home -> major version, or nothing
  [[ -x "$1/bin/java" ]] || return 0
  if [[ -r "$1/release" ]]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n '1s/^[^"]*"\([0-9]*\).*/\1/p'
  fi
}

# Spark 4 starts Java with a module that runtimes made by jlink lack, and Java ends without it.
lacks_module() { # java home
  local modules
  [[ "$spark_version" != 3.* && -r "$1/release" ]] || return 1
  modules="$(sed -n 's/^MODULES="\(.*\)"/\1/p' "$1/release")"
  [[ -n "$modules" && " $modules " != *' jdk.incubator.vector '* ]]
}

# Java versions that a Spark runs on, best first.
fitting_java() { # Spark version
  case "$1" in
    3.5* | 4.0* | 4.1*) echo 17 21 ;;
    *) echo 17 21 25 ;;
  esac
}

find_java() {
  local candidates=() candidate on_path fitting version
  fitting="$(fitting_java "$spark_version")"
  [[ -n "${JAVA_HOME:-}" ]] && candidates+=("$JAVA_HOME")
  if on_path="$(command -v java)"; then
    on_path="$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")"
    candidates+=("${on_path%/bin/java}")
  fi
  for version in $fitting; do
    if [[ -x /usr/libexec/java_home ]]; then
      candidates+=("$(/usr/libexec/java_home -v "$version" 2>/dev/null || true)")
    fi
    candidates+=("${FAIR_JVM_FOLDER:-/usr/lib/jvm}"/*"$version"* "${HOME:-/}"/.sdkman/candidates/java/"$version"* "${HOME:-/}"/.jdks/*"$version"*)
  done
  for candidate in "${candidates[@]}"; do
    version="$(java_version "$candidate")"
    if [[ -n "$version" && " $fitting " == *" $version "* ]] && ! lacks_module "$candidate"; then
      export JAVA_HOME="$candidate"
      return
    fi
  done
  local found=() but
  for candidate in "${candidates[@]}"; do
    [[ -x "$candidate/bin/java" ]] || continue
    but=''
    if lacks_module "$candidate"; then but=' without the module jdk.incubator.vector'; fi
    found+=("$candidate (Java $(java_version "$candidate")$but)")
  done
  fail "no Java that Spark $spark_version runs on was found: it takes Java ${fitting// / or }" \
    "${found[*]:-no Java at all}" "install a JDK 17 and set JAVA_HOME to its folder" 2
}

# ---- Spark ------------------------------------------------------------------------------------

# The version that a Spark's folder says; the one that the build assembles is in pom.xml.
spark_version=''
if [[ -n "${SPARK_HOME:-}" ]]; then
  spark_version="$(sed -n '1s/^Spark \([0-9][0-9.]*[0-9]\).*/\1/p' "$SPARK_HOME/RELEASE" 2>/dev/null || true)"
  if [[ -z "$spark_version" ]]; then
    for core in "$SPARK_HOME"/jars/spark-core_*.jar; do
      core="${core##*-}" && spark_version="${core%.jar}"
    done
  fi
  [[ "$spark_version" == [0-9]* ]] || spark_version=3.5
  case "$spark_version" in
    3.5* | [4-9].* | [1-9][0-9].*) ;;
    *) fail "Spark $spark_version is too old" "SPARK_HOME=$SPARK_HOME" \
      "set SPARK_HOME to a Spark 3.5 or 4, or unset it to use the one that the build assembles" 2 ;;
  esac
else
  spark_version="$(sed -n 's/.*<spark.version>\(.*\)<.*/\1/p' "$home/pom.xml" 2>/dev/null || true)"
  spark_version="${spark_version:-3.5}"
fi

# ---- Options ----------------------------------------------------------------------------------

job_options=()
spark_options=()
after=false
for word in "$@"; do
  if $after; then
    spark_options+=("$word")
  elif [[ "$word" == -- ]]; then
    after=true
  else
    job_options+=("$word")
  fi
done
job="${job_options[0]:-}"

# Whether Spark is not needed to answer.
only_words=false
case "$job" in '' | -* | completion) only_words=true ;; esac
for word in "${job_options[@]:+${job_options[@]}}"; do
  case "$word" in -h | --help | --version) only_words=true ;; esac
done

# The value of a Spark option, from the options or else from a file of properties.
spark_option() { # key [long option]
  local i word next value='' file="${SPARK_CONF_DIR:-${SPARK_HOME:-}/conf}/spark-defaults.conf"
  for ((i = 0; i < ${#spark_options[@]}; i++)); do
    word="${spark_options[i]}" next="${spark_options[i + 1]:-}"
    case "$word" in
      --conf | -c) [[ "$next" == "$1="* ]] && value="${next#*=}" ;;
      --conf="$1"=*) value="${word#--conf=*=}" ;;
      --properties-file) file="$next" ;;
      --properties-file=*) file="${word#*=}" ;;
    esac
    if [[ -n "${2:-}" ]]; then
      [[ "$word" == "$2" ]] && value="$next"
      [[ "$word" == "$2="* ]] && value="${word#*=}"
    fi
  done
  if [[ -z "$value" && -r "$file" ]]; then
    value="$(sed -n "s/^[[:space:]]*${1//./\\.}[[:space:]=:]\{1,\}\(.*[^[:space:]]\).*/\1/p" "$file" | tail -n 1)"
  fi
  printf '%s' "$value"
}

# ---- Build ------------------------------------------------------------------------------------

jar="$home/spark-jobs/target/fair-spark-1.0.0.jar"
local_spark="$home/spark-jobs/local-spark/target/spark"

log="${FAIR_LOG:-}"
log_file() {
  if [[ -z "$log" ]]; then
    local folder="${TMPDIR:-/tmp}/fair-spark-$(id -un)"
    mkdir -p "$folder" 2>/dev/null && [[ -w "$folder" ]] || folder="$(mktemp -d)"
    log="$folder/$1-$(date +%Y%m%d-%H%M%S)-$$.log"
  fi
}

# The profiles that this script built the jar with; a jar that is newer was built by others.
built_profiles() {
  if [[ -e "$jar.profiles" && ! "$jar" -nt "$jar.profiles" ]]; then cat "$jar.profiles"; fi
}
profiles="${FAIR_PROFILES-$(built_profiles)}"

outdated() {
  [[ "${FAIR_BUILD:-}" != never && -e "$home/pom.xml" ]] || return 1
  [[ -e "$jar" ]] || return 0
  [[ -z "${FAIR_PROFILES+given}" || "$profiles" == "$(built_profiles)" ]] || return 0
  [[ -n "${SPARK_HOME:-}" || -e "$local_spark/RELEASE" ]] || return 0
  local sources=("$home"/{pom.xml,model/pom.xml,model/src/main,spark-jobs/pom.xml,spark-jobs/src/main})
  [[ -n "${SPARK_HOME:-}" ]] || sources+=("$home"/spark-jobs/local-spark/{pom.xml,src})
  [[ -n "$(find "${sources[@]}" -newer "$jar" -print -quit)" ]]
}

maven() {
  cd "$home"
  if ./mvnw --version >>"$build_log" 2>&1; then
    ./mvnw "$@" >>"$build_log" 2>&1
  elif command -v mvn >/dev/null; then
    echo "The wrapper could not fetch Maven: using $(command -v mvn)." >>"$build_log"
    mvn "$@" >>"$build_log" 2>&1
  else
    echo "The wrapper could not fetch Maven, and there is no mvn on the PATH." >>"$build_log"
    return 1
  fi
}

build() {
  [[ -x "$JAVA_HOME/bin/javac" ]] ||
    fail "building needs a JDK, and this is only a Java runtime" "$JAVA_HOME" \
      "install a JDK 17 and set JAVA_HOME to its folder" 2
  local profile
  for profile in ${profiles//,/ }; do
    grep -q "<id>$profile</id>" "$home"/{,model/}pom.xml ||
      fail "there is no Maven profile $profile" "FAIR_PROFILES=$profiles" \
        "take pytorch, pytorch-gpu, onnx-gpu or cuda, or several with commas between" 2
  done
  log_file build
  build_log="$log"
  [[ -n "${FAIR_LOG:-}" ]] || log=''
  local long='about a minute'
  [[ -e "$jar" ]] || long='some minutes the first time'
  echo "Building FAIR on Spark: $long (log: $build_log)" >&2
  # A build that was broken off must not leave a jar that looks whole.
  rm -f "$jar"
  trap 'rm -f "$jar"' EXIT
  if ! (maven -B -q -DskipTests -Dspotless.check.skip ${profiles:+"-P$profiles"} package); then
    grep -m 3 '^\[ERROR\]' "$build_log" >&2 || tail -n 3 "$build_log" >&2
    fail "the build failed" "$build_log" "mend what it says, or check the connection to the Maven repository"
  fi
  printf '%s' "$profiles" >"$jar.profiles"
  trap - EXIT
}

find_java
if outdated; then
  if command -v flock >/dev/null && mkdir -p "$home/spark-jobs/target" 2>/dev/null; then
    exec 9>"$home/spark-jobs/target/.build.lock"
    flock 9
    # Someone else may just have built it.
    if outdated; then build; fi
    exec 9>&-
  else
    build
  fi
fi
[[ -e "$jar" ]] ||
  fail "the program's jar is missing" "$jar" "run ./mvnw -DskipTests package in $home"
if [[ -z "${SPARK_HOME:-}" ]]; then
  export SPARK_HOME="$local_spark"
fi
[[ -x "$SPARK_HOME/bin/spark-submit" ]] ||
  fail "this is no Spark: bin/spark-submit is missing" "SPARK_HOME=$SPARK_HOME" \
    "set SPARK_HOME to a Spark 3.5 or 4, or unset it to use the one that the build assembles" 2

# ---- Run --------------------------------------------------------------------------------------

terminal=()
if [[ -t 2 ]]; then
  columns="$(stty size <&2 2>/dev/null | cut -d ' ' -f 2 || true)"
  # Some terminals do not know how wide they are, and say 0.
  [[ "${columns:-0}" != 0 ]] || columns=100
  terminal=(-Dfair.terminal=true "-Dfair.columns=$columns")
else
  terminal=(-Dfair.terminal=false)
fi

main_directly() {
  "$JAVA_HOME/bin/java" -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "${terminal[@]}" \
    "-Dfair.home=$home" -cp "$jar:$SPARK_HOME/jars/*" org.fairspark.cli.Main "$@"
}

if $only_words; then
  main_directly "${job_options[@]:+${job_options[@]}}"
  exit
fi

log_file "$job"
master="$(spark_option spark.master --master)"
deploy_mode="$(spark_option spark.submit.deployMode --deploy-mode)"

if [[ "$deploy_mode" == cluster ]]; then
  # The driver runs elsewhere: wrong settings are told here, and files of settings are not there.
  resolved="$(mktemp)"
  trap 'rm -f "$resolved"' EXIT
  main_directly "${job_options[@]}" --resolve >"$resolved" || exit
  options=("$job")
  while IFS= read -r -d '' word; do
    options+=("$word")
  done <"$resolved"
  for word in "${job_options[@]:1}"; do
    case "$word" in --dry-run | --quiet | --json) options+=("$word") ;; esac
  done
  rm -f "$resolved"
  trap - EXIT
  job_options=("${options[@]}")
fi

# Java options of the driver and of executors. Paths may hold spaces.
quoted() { printf '"%s"' "${1//\"/\\\"}"; }
natives='-Dorg.bytedeco.javacpp.platform.extension=-onednn -Dorg.eclipse.deeplearning4j.helpers.disable=false -Djava.awt.headless=true'

# Images are large arrays that die young: G1, Java's default, spends a good part of the time on them.
collector() { # Spark option with Java options [long option] -> a collector, unless the user chose one
  case "$(spark_option "$@") ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-}" in
    *-XX:+Use*GC*) ;;
    *) echo '-XX:+UseParallelGC' ;;
  esac
}
executor_options="$natives $(collector spark.executor.extraJavaOptions)"
driver_options="$natives $(collector spark.driver.extraJavaOptions --driver-java-options)"
if [[ "$deploy_mode" != cluster ]]; then
  # JavaCPP's natives are kept for the next run, in a folder that nobody else can put any into.
  if [[ -n "${TMPDIR:-}" ]]; then
    javacpp="$TMPDIR/javacpp-$(id -u)"
    if mkdir -m 700 "$javacpp" 2>/dev/null || [[ -O "$javacpp" && ! -L "$javacpp" ]]; then
      driver_options+=" $(quoted "-Dorg.bytedeco.javacpp.cachedir=$javacpp")"
    fi
  fi
  for option in "${terminal[@]}" "-Djava.io.tmpdir=$temporary" "-Dfair.home=$home" "-Dfair.log=$log" \
    "-Dlog4j2.configurationFile=$home/conf/log4j2.properties" -Dlog4j2.disableJmx=true; do
    driver_options+=" $(quoted "$option")"
  done
fi

# Whether the driver does all the work, in a process that is started here.
in_one_process=false
if [[ "$deploy_mode" != cluster && "$master" =~ ^(local(\[.*)?)?$ ]]; then in_one_process=true; fi

# An archive of the classes that jobs load, as the JVM maps it: a job starts in half the time. It is
# made once, by a rehearsal of tiny jobs, for this jar, this Spark and this Java; the JVM looks
# whether it fits, and starts without it where it does not.
class_archive=''
find_class_archive() {
  local folder="$home/spark-jobs/target" conf="${SPARK_CONF_DIR:-$SPARK_HOME/conf}"
  # Folders on the class path are nothing that can be archived.
  [[ "${FAIR_CLASS_ARCHIVE:-}" != never && -w "$folder" && -e "$SPARK_HOME/RELEASE" ]] || return 0
  [[ -z "${HADOOP_CONF_DIR:-}${YARN_CONF_DIR:-}${SPARK_DIST_CLASSPATH:-}" ]] || return 0
  [[ -z "$(spark_option spark.driver.extraClassPath --driver-class-path)" ]] || return 0
  [[ -z "$(ls -A "$conf" 2>/dev/null)" ]] || return 0
  # Some words on the way to the JVM take a space as an end.
  [[ "$folder" != *[[:space:]]* ]] || return 0
  local key
  key="$(cat "$JAVA_HOME/release" <(echo "$JAVA_HOME $SPARK_HOME") 2>/dev/null | cksum | cut -d ' ' -f 1)"
  class_archive="$folder/classes-$key.jsa"
  if archive_outdated; then
    if command -v flock >/dev/null; then
      exec 9>"$folder/.build.lock"
      flock 9
      if archive_outdated; then make_class_archive; fi
      exec 9>&-
    else
      make_class_archive
    fi
  fi
  # An empty one could not be made.
  [[ -s "$class_archive" ]] || class_archive=''
}

archive_outdated() {
  [[ ! -e "$class_archive" || "$jar" -nt "$class_archive" || "$SPARK_HOME/RELEASE" -nt "$class_archive" ]]
}

make_class_archive() {
  local work fresh="$class_archive.$$" limit=()
  echo "Preparing quick starts: half a minute, once" >&2
  find "$home/spark-jobs/target" -maxdepth 1 -name 'classes-*.jsa*' ! -newer "$jar" -exec rm -f {} +
  work="$(mktemp -d "$temporary/fair-rehearsal-XXXXXX")"
  : >"$work/begun"
  command -v timeout >/dev/null && limit=(timeout 300)
  SPARK_DIST_CLASSPATH="$jar" SPARK_LOCAL_IP=127.0.0.1 \
    "${limit[@]:+${limit[@]}}" "$SPARK_HOME/bin/spark-submit" --master 'local[1]' \
    --class org.fairspark.cli.Rehearsal \
    --conf "spark.driver.defaultJavaOptions=$driver_options -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -Xlog:cds*=off -XX:ArchiveClassesAtExit=$fresh" \
    spark-internal "$work" >"$work/log" 2>&1 9>&- || rm -f "$fresh"
  # Of a jar that was built meanwhile it would not be.
  if [[ -s "$fresh" && ! "$jar" -nt "$work/begun" ]]; then
    mv -f "$fresh" "$class_archive"
  else
    rm -f "$fresh"
    : >"$class_archive"
  fi
  rm -rf "$work"
}

# What this process may take of its machine: the smallest limit of the control groups around it, of
# either version, or what the machine has. The class MachineMemory follows the same rule.
limits_upwards() { # mount, group, file -> the file's values in the group and in all above it
  local folder="$1/${2#/}"
  while :; do
    cat "$folder/$3" 2>/dev/null || true
    [[ "$folder" == "$1"/* ]] || break
    folder="${folder%/*}"
  done
}

group_limits() { # controller, file of version 1, file of version 2 -> all limits that hold for this process
  local number controllers group
  while IFS=: read -r number controllers group; do
    if [[ -z "$controllers" ]]; then
      limits_upwards /sys/fs/cgroup "$group" "$3"
      limits_upwards /sys/fs/cgroup/unified "$group" "$3"
    elif [[ ",$controllers," == *",$1,"* ]]; then
      limits_upwards "/sys/fs/cgroup/$1" "$group" "$2"
    fi
  done </proc/self/cgroup 2>/dev/null || true
}

memory_kib() {
  local kib limit
  kib="$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null || true)"
  [[ -n "$kib" ]] || kib=$(($(sysctl -n hw.memsize 2>/dev/null || echo 8589934592) / 1024))
  for limit in $(group_limits memory memory.limit_in_bytes memory.max); do
    if [[ "$limit" =~ ^[0-9]{1,18}$ ]] && ((limit / 1024 < kib)); then kib=$((limit / 1024)); fi
  done
  echo "$kib"
}

# Processors that this process may use: taskset, cpuset and quotas are heeded.
processors() {
  local count quota period
  count="$(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)"
  while read -r quota period; do
    if [[ "$quota" =~ ^[0-9]+$ && "${period:-}" =~ ^[1-9][0-9]*$ ]]; then
      quota=$(((quota + period - 1) / period))
      if ((quota >= 1 && quota < count)); then count=$quota; fi
    fi
  done < <(
    group_limits cpu cpu.max cpu.max
    paste -d ' ' <(group_limits cpu cpu.cfs_quota_us none) <(group_limits cpu cpu.cfs_period_us none) 2>/dev/null
  )
  echo "$count"
}

# The value of a setting that the command line names last.
setting() { # key
  local i value=''
  for ((i = 1; i < ${#job_options[@]}; i++)); do
    if [[ "${job_options[i - 1]}" == --set && "${job_options[i]}" == "$1="* ]]; then value="${job_options[i]#*=}"; fi
    if [[ "${job_options[i]}" == --set="$1="* ]]; then value="${job_options[i]#--set=*=}"; fi
  done
  printf '%s' "$value"
}

# Whether the method, as the command line or a file of it names it, trains no network.
trains_nothing() {
  local i word file kind
  kind="$(setting method.kind)"
  for ((i = 1; i < ${#job_options[@]}; i++)); do
    [[ -z "$(setting method.kind)" ]] || break
    word="${job_options[i]}" file=''
    if [[ "${job_options[i - 1]}" == --conf ]]; then file="$word"; fi
    if [[ "$word" == --conf=* ]]; then file="${word#--conf=}"; fi
    [[ -n "$file" && ! -r "$file" ]] && file="$home/conf/$file"
    if [[ -n "$file" && -r "$file" ]]; then
      word="$(sed -n 's/^[[:space:]]*method\.kind[[:space:]]*[=:][[:space:]]*"\{0,1\}\([a-z]*\).*/\1/p' "$file" | tail -n 1)"
      kind="${word:-$kind}"
    fi
  done
  case "$kind" in patchcore | padim | onnx) return 0 ;; *) return 1 ;; esac
}

# Whether the job is over before Java's second compiler, which takes long to make faster code, has
# paid: it reads few files or none.
is_short() {
  local root epochs most=300
  case "$job" in
    report | manifest) return 0 ;;
    score) ;;
    # Ten samples are made of each image, as a rule.
    prepare | evaluate) most=30 ;;
    # Each of them is seen once an epoch; the default is 100 of them.
    *)
      epochs="$(setting training.epochs)"
      [[ "$epochs" =~ ^[0-9]{1,4}$ ]] || epochs=100
      most=$((120 / (10#$epochs + 1)))
      if [[ "$job" == run ]] && trains_nothing; then most=600; fi
      ;;
  esac
  case " ${job_options[*]} " in *' --dry-run '*) return 0 ;; esac
  root="$(setting data.root)"
  [[ -d "$root" ]] || return 1
  (($(find -L "$root" -type f 2>/dev/null | head -n $((most + 1)) | wc -l) <= most))
}

locale_options=()
application="$jar"
if $in_one_process; then
  find_class_archive
  # Only that, for who packs this folder into an image.
  if [[ "$job" == rehearse ]]; then exit; fi
  if [[ -n "$class_archive" ]]; then
    driver_options+=" -Xlog:cds*=off -XX:SharedArchiveFile=$class_archive"
  fi
  # Alone that compiler would have room for 48 MiB of code.
  if is_short; then driver_options+=' -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m'; fi
  # On the class path, behind Spark's own jars: as an application's jar it would be copied through
  # Spark's file server.
  export SPARK_DIST_CLASSPATH="$jar${SPARK_DIST_CLASSPATH:+:$SPARK_DIST_CLASSPATH}"
  application=spark-internal
fi
if [[ -z "$master" || "$master" == local* ]]; then
  # One process does all the work: a quarter of the memory for its heap, between 1 and 8 GiB; about
  # as much again is used outside of the heap.
  heap=$(($(memory_kib) / 4096))
  ((heap < 1024)) && heap=1024
  ((heap > 8192)) && heap=8192
  export SPARK_DRIVER_MEMORY="${SPARK_DRIVER_MEMORY:-${heap}m}"
  export OMP_NUM_THREADS="${OMP_NUM_THREADS:-$(processors)}"
  # A thread of a network's operation that waits for the others sleeps after about a tenth of a
  # millisecond. By default it keeps its core for many: beside other work a third of all processor
  # time goes there, and the thread that all wait for gets the core late.
  if [[ -z "${OMP_WAIT_POLICY:-}" ]]; then export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-4000}"; fi
  # Nobody else needs to reach this process.
  export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}"
else
  cpus="$(spark_option spark.task.cpus)"
  export OMP_NUM_THREADS="${OMP_NUM_THREADS:-${cpus:-1}}"
  # Executors see the names of files as the driver does.
  locale_options=(--conf "spark.executorEnv.LC_ALL=$utf8_locale")
  case "$master" in
    yarn*) locale_options+=(--conf "spark.yarn.appMasterEnv.LC_ALL=$utf8_locale") ;;
    k8s*) locale_options+=(--conf "spark.kubernetes.driverEnv.LC_ALL=$utf8_locale") ;;
  esac
fi

# The program that only puts the command line together.
export SPARK_LAUNCHER_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC${SPARK_LAUNCHER_OPTS:+ $SPARK_LAUNCHER_OPTS}"

exec "$SPARK_HOME/bin/spark-submit" \
  --class org.fairspark.cli.Main \
  --name "fair $job" \
  --conf "spark.driver.defaultJavaOptions=$driver_options" \
  --conf "spark.executor.defaultJavaOptions=$executor_options" \
  "${locale_options[@]:+${locale_options[@]}}" \
  "${spark_options[@]:+${spark_options[@]}}" \
  "$application" "${job_options[@]}"
