package io.throughline.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.throughline.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleArrowsTest {

    /** The shards through {@code direct}, the envelopes through {@code attempt}. */
    @ArchTest
    static final ArchRule of_mapstore_only_what_is_meant_for_clients = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.throughline.mapstore.(batch|routing|row|schema|settings|shard|statement|store|writer)..",
                    "io.throughline.(member|cli|bench|localpostgres)..");

    @ArchTest
    static final ArchRule a_user_touches_these = classes()
            .that()
            .arePublic()
            .should()
            .haveSimpleName("ResilientGrid")
            .orShould()
            .haveSimpleName("ResilientMap")
            .orShould()
            .haveSimpleName("Reading")
            .orShould()
            .haveSimpleName("Decision")
            .orShould()
            .haveSimpleName("ServedBy");
}
