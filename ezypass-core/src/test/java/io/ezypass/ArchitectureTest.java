package io.ezypass;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The sentences of docs/architecture.md that a machine can hold. */
@AnalyzeClasses(
    packages = "io.ezypass",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> ENTRY =
      type(EzyPass.class)
          .or(
              DescribedPredicate.describe(
                  "EzyPass.Builder", c -> c.getName().startsWith(EzyPass.class.getName())));

  private static final DescribedPredicate<JavaClass> CLIENTS =
      DescribedPredicate.describe(
          "client types of the SDK", c -> c.isAssignableTo(SdkClient.class));

  @ArchTest
  static final ArchRule a_layer_knows_only_the_layers_below =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("model")
          .definedBy("io.ezypass.model")
          .layer("error")
          .definedBy("io.ezypass.error")
          .layer("health")
          .definedBy("io.ezypass.health")
          .layer("totp")
          .definedBy("io.ezypass.totp")
          .layer("api")
          .definedBy(
              resideInAPackage("io.ezypass")
                  .or(resideInAPackage("io.ezypass.admin"))
                  .and(DescribedPredicate.not(ENTRY)))
          .layer("plan")
          .definedBy("io.ezypass.internal.plan")
          .layer("cipher")
          .definedBy("io.ezypass.internal.cipher")
          .layer("format")
          .definedBy("io.ezypass.internal.format..")
          .layer("table")
          .definedBy("io.ezypass.internal.table")
          .layer("op")
          .definedBy("io.ezypass.internal.op")
          .layer("run")
          .definedBy("io.ezypass.internal.run")
          .layer("EzyPass")
          .definedBy(ENTRY)
          .whereLayer("model")
          .mayNotAccessAnyLayer()
          .whereLayer("error")
          .mayOnlyAccessLayers("model")
          .whereLayer("totp")
          .mayOnlyAccessLayers("model", "cipher")
          .whereLayer("health")
          .mayOnlyAccessLayers("model")
          .whereLayer("api")
          .mayOnlyAccessLayers("model", "error", "health")
          .whereLayer("plan")
          .mayNotAccessAnyLayer()
          .whereLayer("cipher")
          .mayNotAccessAnyLayer()
          .whereLayer("format")
          .mayOnlyAccessLayers("model")
          .whereLayer("table")
          .mayOnlyAccessLayers("model")
          .whereLayer("op")
          .mayOnlyAccessLayers(
              "model", "error", "health", "api", "plan", "cipher", "format", "table")
          .whereLayer("run")
          .mayOnlyAccessLayers("model", "error", "health", "api", "plan", "op");

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices().matching("io.ezypass.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_cipher_imports_javax_crypto =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.ezypass.internal.cipher")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javax.crypto..");

  @ArchTest
  static final ArchRule only_run_has_client_fields =
      fields()
          .that()
          .haveRawType(CLIENTS)
          .should()
          .beDeclaredInClassesThat(resideInAPackage("io.ezypass.internal.run").or(ENTRY));

  @ArchTest
  static final ArchRule only_op_run_and_the_entry_mention_clients =
      noClasses()
          .that(
              DescribedPredicate.not(
                  resideInAPackage("io.ezypass.internal.run")
                      .or(ENTRY)
                      .or(
                          DescribedPredicate.describe(
                              "Op", c -> c.getName().startsWith(Op.class.getName())))))
          .should()
          .dependOnClassesThat(CLIENTS);

  @ArchTest
  static final ArchRule only_table_builds_attribute_values =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.ezypass.internal.table")
          .should()
          .dependOnClassesThat(type(AttributeValue.class));

  @ArchTest
  static final ArchRule nobody_logs_but_run =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.ezypass.internal.run")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.slf4j..");

  /** Observers are told of retries. Whoever only waits, for pace or a new table, is listed here. */
  @ArchTest
  static final ArchRule use_cases_pause_by_retrying =
      noClasses()
          .that()
          .resideInAPackage("io.ezypass.internal.op")
          .and()
          .doNotHaveSimpleName("Job")
          .and()
          .doNotHaveSimpleName("CreateTable")
          .should()
          .dependOnClassesThat(type(Plan.Pause.class));

  @ArchTest
  static final ArchRule one_class_needs_the_optional_crac =
      noClasses()
          .that()
          .doNotHaveSimpleName("CracResource")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.crac..");

  @ArchTest
  static final ArchRule one_class_needs_the_optional_nbvcxz =
      noClasses()
          .that()
          .doNotHaveSimpleName("NbvcxzEstimator")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("me.gosimple.nbvcxz..");
}
