package org.fairspark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room of this module may know which. */
@AnalyzeClasses(packages = "org.fairspark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CONFIG = "org.fairspark.config..";
  private static final String DATASET = "org.fairspark.dataset..";
  private static final String TABLE = "org.fairspark.table..";
  private static final String REPORT = "org.fairspark.report..";
  private static final String DEMO = "org.fairspark.demo..";
  private static final String JOB = "org.fairspark.job..";
  private static final String CLI = "org.fairspark.cli..";
  private static final String NOTEBOOK = "org.fairspark.notebook..";
  private static final String SPARK = "org.apache.spark..";

  @ArchTest
  static final ArchRule commandLineIsTheTop =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLI)
          .because("jobs run without a command line, in tests and in notebooks");

  @ArchTest
  static final ArchRule jobsStandAboveTheirTools =
      noClasses()
          .that()
          .resideInAnyPackage(CONFIG, DATASET, TABLE, REPORT, DEMO)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JOB)
          .because("a job uses these rooms, and none of them a job");

  @ArchTest
  static final ArchRule configurationNeedsNothing =
      noClasses()
          .that()
          .resideInAPackage(CONFIG)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SPARK, "org.apache.hadoop..", "org.nd4j..", "org.deeplearning4j..")
          .because("a wrong setting is told before anything is started");

  @ArchTest
  static final ArchRule reportNeedsNoSpark =
      noClasses()
          .that()
          .resideInAPackage(REPORT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SPARK)
          .because("a report is made from finished results, without executors");

  @ArchTest
  static final ArchRule demonstrationDataNeedsNoSpark =
      noClasses()
          .that()
          .resideInAPackage(DEMO)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SPARK, TABLE, DATASET)
          .because("it makes image files and knows nothing of what is done with them");

  @ArchTest
  static final ArchRule onlyCommandLineParsesIt =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule onlyConfigurationReadsHocon =
      noClasses()
          .that()
          .resideOutsideOfPackage(CONFIG)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe.config..")
          .because("everyone else gets validated records");

  @ArchTest
  static final ArchRule chartsAreForNotebooks =
      noClasses()
          .that()
          .resideOutsideOfPackage(NOTEBOOK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NOTEBOOK, "org.knowm.xchart..")
          .because("they need fonts, which a cluster's machine may not have");

  @ArchTest
  static final ArchRule onlyMainExits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.fairspark.cli.Main")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule jobsAreNamedSo =
      classes()
          .that()
          .implement("org.fairspark.runtime.Job")
          .should()
          .haveSimpleNameEndingWith("Job")
          .andShould()
          .resideInAPackage(JOB)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noCircles =
      slices().matching("org.fairspark.(*)..").should().beFreeOfCycles();
}
