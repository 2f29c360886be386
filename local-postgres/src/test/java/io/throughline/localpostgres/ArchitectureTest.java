package io.throughline.localpostgres;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.throughline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule no_other_module_is_used = noClasses()
            .that()
            .resideInAPackage("io.throughline.localpostgres..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.throughline..").and(not(resideInAPackage("io.throughline.localpostgres.."))));

    @ArchTest
    static final ArchRule decisions_do_no_input_or_output = noClasses()
            .that()
            .resideInAPackage("..watch..")
            .or()
            .haveSimpleName("Election")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.sql..", "java.net..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule sql_stands_in_one_place = noClasses()
            .that()
            .doNotHaveSimpleName("Statements")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.sql.ResultSet");

    @ArchTest
    static final ArchRule servers_know_nothing_of_replication = noClasses()
            .that()
            .resideInAnyPackage("..postmaster..", "..folder..", "..binaries..", "..account..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..replication..", "..watch..");
}
