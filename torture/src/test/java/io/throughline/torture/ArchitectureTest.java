package io.throughline.torture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.throughline.torture", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_use_each_other_in_one_direction =
            slices().matching("io.throughline.torture.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_command_stands_above_all_else = noClasses()
            .that()
            .resideOutsideOfPackage("io.throughline.torture")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.throughline.torture");

    @ArchTest
    static final ArchRule what_decides_does_no_input_or_output = noClasses()
            .that()
            .resideInAnyPackage("..torture.history..", "..torture.workload..", "..torture.check..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.hazelcast..", "java.sql..", "java.net..", "io.throughline.cli..", "io.throughline.client..");
}
