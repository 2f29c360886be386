package io.throughline.mapstore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.throughline.mapstore", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** The way of a put: store → batch → statement → shard, with the writer beside it. */
    @ArchTest
    static final ArchRule packages_know_only_what_comes_after_them_on_the_way_of_a_put = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("top")
            .definedBy("io.throughline.mapstore")
            .layer("store")
            .definedBy("..store..")
            .layer("batch")
            .definedBy("..batch..")
            .layer("statement")
            .definedBy("..statement..")
            .layer("writer")
            .definedBy("..writer..")
            .layer("shard")
            .definedBy("..shard..")
            .layer("row")
            .definedBy("..row..")
            .layer("routing")
            .definedBy("..routing..")
            .layer("schema")
            .definedBy("..schema..")
            .layer("settings")
            .definedBy("..settings..")
            .layer("network")
            .definedBy("..network..")
            .layer("direct")
            .definedBy("..direct..")
            .layer("attempt")
            .definedBy("..attempt..")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("top")
            .whereLayer("batch")
            .mayOnlyBeAccessedByLayers("store")
            .whereLayer("statement")
            .mayOnlyBeAccessedByLayers("batch", "store", "direct")
            .whereLayer("writer")
            .mayOnlyBeAccessedByLayers("statement", "batch", "store", "settings")
            .whereLayer("direct")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("attempt")
            .mayOnlyBeAccessedByLayers("statement", "batch", "store", "direct")
            .whereLayer("shard")
            .mayOnlyBeAccessedByLayers("writer", "batch", "store", "schema", "direct", "top")
            .whereLayer("row")
            .mayOnlyBeAccessedByLayers("statement", "batch", "store", "direct")
            .whereLayer("routing")
            .mayOnlyBeAccessedByLayers("store", "schema", "direct", "top")
            .whereLayer("schema")
            .mayOnlyBeAccessedByLayers("direct", "top")
            .whereLayer("network")
            .mayOnlyBeAccessedByLayers("top")
            .whereLayer("settings")
            .mayOnlyBeAccessedByLayers("store", "top");

    @ArchTest
    static final ArchRule decisions_do_no_input_or_output = noClasses()
            .that()
            .haveSimpleName("Duties")
            .or()
            .haveSimpleName("StartFencing")
            .or()
            .haveSimpleName("Leases")
            .or()
            .haveSimpleName("Pacer")
            .or()
            .resideInAnyPackage("..routing..", "..row..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.sql..", "java.net..", "com.zaxxer..");

    @ArchTest
    static final ArchRule only_the_store_the_writer_and_the_settings_know_hazelcast = noClasses()
            .that()
            .resideInAnyPackage("..batch..", "..statement..", "..shard..", "..config..", "..routing..", "..schema..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hazelcast..");
}
