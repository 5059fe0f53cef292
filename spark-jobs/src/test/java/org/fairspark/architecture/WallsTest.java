package org.fairspark.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests of the walls between the packages of both modules, by the table in {@link Walls}. */
class WallsTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(WallsTest::isMain)
          .importPackages(Walls.ROOT.substring(0, Walls.ROOT.length() - 1));

  @TestFactory
  Stream<DynamicTest> packageUsesOnlyWhatItMay() {
    return Walls.MAY_USE.entrySet().stream()
        .map(wall -> DynamicTest.dynamicTest(wall.getKey(), () -> mayUse(wall).check(HOUSE)));
  }

  private static ArchRule mayUse(Map.Entry<String, Set<String>> wall) {
    String[] allowed =
        Stream.concat(Stream.of(wall.getKey()), wall.getValue().stream())
            .map(name -> Walls.ROOT + name)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(Walls.ROOT + wall.getKey())
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(Walls.ROOT + ".").or(resideInAnyPackage(allowed)))
        .because("Walls.MAY_USE says what this package may use");
  }

  @Test
  void everyPackageHasItsLine() {
    assertThat(Walls.MAY_USE.keySet()).isEqualTo(packages());
  }

  @TestFactory
  Stream<DynamicTest> lineAllowsNoMoreThanIsUsed() {
    return Walls.MAY_USE.entrySet().stream()
        .map(
            wall ->
                DynamicTest.dynamicTest(
                    wall.getKey(),
                    () -> assertThat(used(wall.getKey())).containsAll(wall.getValue())));
  }

  private static Set<String> used(String room) {
    Set<String> used = new TreeSet<>();
    for (JavaClass type : HOUSE) {
      if (name(type).equals(room)) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> target.getPackageName().startsWith(Walls.ROOT))
            .forEach(target -> used.add(name(target)));
      }
    }
    return used;
  }

  @Test
  void packagesFormNoCircleAtAnyDepth() {
    slices().matching(Walls.ROOT + "(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @TestFactory
  Stream<DynamicTest> libraryIsKnownOnlyWhereItMayBe() {
    return Walls.LIBRARIES.entrySet().stream()
        .map(wall -> DynamicTest.dynamicTest(wall.getKey(), () -> knownOnlyIn(wall).check(HOUSE)));
  }

  private static ArchRule knownOnlyIn(Map.Entry<String, Set<String>> wall) {
    String[] rooms = wall.getValue().stream().map(n -> Walls.ROOT + n).toArray(String[]::new);
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(wall.getKey().split(" "))
        .because("Walls.LIBRARIES says who may know this library");
  }

  @Test
  void modelKnowsNoSpark() {
    noClasses()
        .that()
        .resideInAnyPackage(
            Walls.MODEL.stream().map(name -> Walls.ROOT + name).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..", "org.apache.hadoop..", "org.apache.parquet..", "scala..")
        .because("the method is plain Java that a unit test calls without a cluster")
        .check(HOUSE);
  }

  @Test
  void onlySparkKnowsScalaBeyondThePairsOfSparksJavaInterface() {
    noClasses()
        .that()
        .resideOutsideOfPackage(Walls.ROOT + "spark..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("scala..")
                .and(describe("no pairs", type -> !type.getName().equals("scala.Tuple2"))))
        .because("one class then holds what another Scala version changes")
        .check(HOUSE);
  }

  @Test
  void nothingDrawsRandomNumbersThatNoSeedFixes() {
    noClasses()
        .that()
        .resideOutsideOfPackage(Walls.ROOT + "random")
        .should()
        .dependOnClassesThat(
            describe(
                "generators other than ours",
                type ->
                    type.isAssignableTo(Random.class)
                        || type.getName().equals("java.util.SplittableRandom")
                        || type.getName().startsWith("java.util.random.")))
        .because("a sample must be the same on every partition, thread and Java")
        .check(HOUSE);
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.fairspark.cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(HOUSE);
  }

  @Test
  void jobsLieInThePackageOfTheirCommand() {
    classes()
        .that()
        .implement("org.fairspark.runtime.Job")
        .should()
        .haveSimpleNameEndingWith("Job")
        .andShould()
        .resideInAPackage(Walls.ROOT + "job.(*)")
        .check(HOUSE);
  }

  @Test
  void pictureShowsEveryPackage() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("fair.repository"), "ARCHITECTURE.md"));
    assertThat(Walls.MAY_USE.keySet())
        .as("packages that ARCHITECTURE.md names")
        .allSatisfy(
            name ->
                assertThat(page)
                    .containsPattern(
                        "[^a-z.]" + Pattern.quote(name.replace("job.", "")) + "[^a-z.]"));
  }

  @Test
  void nothingLiesFlatInJob() {
    assertThat(packages()).doesNotContain("job");
  }

  private static Set<String> packages() {
    Set<String> packages = new TreeSet<>();
    for (JavaClass type : HOUSE) {
      if (!type.getSimpleName().equals("package-info")) {
        packages.add(name(type));
      }
    }
    return packages;
  }

  private static String name(JavaClass type) {
    return type.getPackageName().substring(Walls.ROOT.length());
  }

  /** The model comes as a folder in the reactor and as a jar elsewhere; Spark's parts never. */
  private static boolean isMain(Location location) {
    return !location.contains("/test-classes/") && location.contains("/org/fairspark/");
  }
}
