package io.throughline.torture.check;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.throughline.torture", importOptions = ImportOption.DoNotIncludeTests.class)
final class PureTest {

    @ArchTest
    static final ArchRule the_checker_knows_histories_and_nothing_else = classes()
            .that()
            .resideInAPackage("..torture.check..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..torture.check..", "..torture.history..", "java.lang..", "java.util..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_page_knows_results_and_nothing_else = classes()
            .that()
            .resideInAPackage("..torture.page..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..torture.page..",
                    "..torture.check..",
                    "..torture.history..",
                    "java.lang..",
                    "java.util..",
                    "java.io..",
                    "java.nio.charset..",
                    "com.fasterxml.jackson..",
                    "org.jspecify..");
}
