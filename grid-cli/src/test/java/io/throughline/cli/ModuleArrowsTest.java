package io.throughline.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.throughline", importOptions = DoNotIncludeTests.class)
class ModuleArrowsTest {

    /** GridConfig is what Throughline.config() gives, so its package is open to others. */
    @ArchTest
    static final ArchRule of_other_modules_only_what_a_user_touches = noClasses()
            .that()
            .resideInAPackage("io.throughline.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.throughline.mapstore.(batch|routing|row|schema|settings|shard|statement|store|writer)..",
                    "io.throughline.localpostgres.*..",
                    "io.throughline.member.*..");

    @ArchTest
    static final ArchRule nothing_uses_bench =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.throughline.bench..");

    @ArchTest
    static final ArchRule commands_are_used_by_the_way_in_only = noClasses()
            .that()
            .resideOutsideOfPackage("io.throughline.cli.command..")
            .and()
            .doNotHaveSimpleName("GridMain")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.throughline.cli.command..");

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("io.throughline.cli.(*)..").should().beFreeOfCycles();
}
