package org.fairspark.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each room of the model may know; a new package must be given its line here. */
class RoomsTest {
  private static final String ROOT = "org.fairspark.";

  /** A room, and the rooms of ours that it may use. */
  private static final Map<String, Set<String>> MAY_USE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("random", Set.of()),
              Map.entry("image", Set.of()),
              Map.entry("metrics", Set.of()),
              Map.entry("calibration", Set.of("metrics", "random")),
              Map.entry("frequency", Set.of("image")),
              Map.entry("anomaly", Set.of("image")),
              Map.entry("corruption", Set.of("image", "random")),
              Map.entry("network", Set.of("random")),
              Map.entry("bundle", Set.of("network")),
              Map.entry("training", Set.of("network", "random")),
              Map.entry(
                  "inspection", Set.of("image", "frequency", "anomaly", "metrics", "network"))));

  private static final JavaClasses MODEL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new ImportOption.DoNotIncludeJars())
          .importPackages("org.fairspark");

  @Test
  void theModelKnowsNoSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..", "org.apache.hadoop..", "org.apache.parquet..", "scala..")
        .because("the method is plain Java that a unit test calls without a cluster")
        .check(MODEL);
  }

  @Test
  void roomsUseOnlyTheRoomsTheyMay() {
    MAY_USE.forEach(
        (room, others) -> {
          String[] allowed =
              Stream.concat(Stream.of(room), others.stream())
                  .map(name -> ROOT + name + "..")
                  .toArray(String[]::new);
          classes()
              .that()
              .resideInAPackage(ROOT + room + "..")
              .should()
              .onlyDependOnClassesThat(
                  JavaClass.Predicates.resideOutsideOfPackage("org.fairspark..")
                      .or(JavaClass.Predicates.resideInAnyPackage(allowed)))
              .because("of what its package-info says")
              .check(MODEL);
        });
  }

  @Test
  void everyRoomHasItsRule() {
    Set<String> rooms = new TreeSet<>();
    for (JavaClass type : MODEL) {
      if (!type.getSimpleName().equals("package-info")) {
        rooms.add(type.getPackageName().substring(ROOT.length()).replaceAll("\\..*", ""));
      }
    }
    assertThat(MAY_USE.keySet()).as("rooms with a rule").containsAll(rooms);
  }

  @Test
  void roomsFormNoCircle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(MODEL);
  }

  @Test
  void onlyTheNetworkKnowsDeeplearning4j() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "network..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
        .because("another engine must be able to restore images")
        .check(MODEL);
  }

  @Test
  void onlyTheFiltersKnowJTransforms() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "frequency..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jtransforms..")
        .check(MODEL);
  }

  @Test
  void nothingDrawsRandomNumbersThatNoSeedFixes() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "random..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "generators other than ours",
                type ->
                    type.isAssignableTo(java.util.Random.class)
                        || type.getName().equals("java.util.SplittableRandom")
                        || type.getName().startsWith("java.util.random.")))
        .because("a sample must be the same on every partition, thread and Java")
        .check(MODEL);
  }
}
