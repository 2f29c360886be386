package io.throughline.member;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.throughline", importOptions = DoNotIncludeTests.class)
class ModuleArrowsTest {

    @ArchTest
    static final ArchRule a_member_uses_only_what_the_map_store_shows_its_users = classes()
            .that()
            .resideInAPackage("io.throughline.member..")
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.throughline.mapstore.batch..",
                    "io.throughline.mapstore.routing..",
                    "io.throughline.mapstore.row..",
                    "io.throughline.mapstore.schema..",
                    "io.throughline.mapstore.settings..",
                    "io.throughline.mapstore.shard..",
                    "io.throughline.mapstore.statement..",
                    "io.throughline.mapstore.store..",
                    "io.throughline.localpostgres..");

    @ArchTest
    static final ArchRule health_metrics_and_log_know_nothing_of_the_member_around_them = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.throughline.member.health", "io.throughline.member.metrics", "io.throughline.member.log")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.throughline.member");

    @ArchTest
    static final ArchRule parts_of_the_member_know_nothing_of_each_other = noClasses()
            .that()
            .resideInAPackage("io.throughline.member.health")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.throughline.member.metrics", "io.throughline.member.log");
}
