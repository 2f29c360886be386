package io.throughline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.GridMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path temp = Path.of("");

    private int bench(String... options) {
        return GridMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("bench"), Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void a_round_measures_each_peer_and_proves_what_it_acknowledged() throws IOException {
        assertThat(temp.toFile().setExecutable(true, false)).isTrue(); // PostgreSQL runs as another user under root
        Path page = temp.resolve("page.html");

        int exitCode = bench(
                "--peers=throughline,jdbc",
                "--rounds=1",
                "--in-flight=16,64",
                "--warm-up=1s",
                "--seconds=1",
                "--keys=5000",
                "--heap=256m",
                "--json",
                "--html=" + page,
                "--bench-dir=" + temp.resolve("bench"));

        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.at("/proven").asBoolean()).isTrue();
        assertThat(report.at("/measurements")).hasSize(4).allSatisfy(measured -> {
            assertThat(measured.at("/operations").asLong()).isGreaterThan(10);
            assertThat(measured.at("/failed").asLong()).isZero();
            assertThat(measured.at("/cost/postgres").asDouble()).isPositive();
            assertThat(measured.at("/cost/walBytes").asLong()).isPositive();
            assertThat(measured.at("/cost/clientAllocated").asLong()
                            / measured.at("/operations").asLong())
                    .as("bytes for each put, of clients with and without threads of their own")
                    .isBetween(500L, 100_000L);
            assertThat(measured.at("/cost/membersAllocated").asLong() > 0)
                    .isEqualTo(measured.at("/peer").asText().equals("throughline"));
        });
        // Every key on three servers, for both peers.
        assertThat(report.at("/proofs")).hasSize(2).allSatisfy(proof -> {
            assertThat(proof.at("/acknowledgedKeys").asInt()).isEqualTo(5000);
            assertThat(proof.at("/rows").asInt()).isEqualTo(15_000);
        });
        assertThat(err.toString()).contains("round 1 of 1, throughline; about", "round 1 of 1, jdbc");
        assertThat(Files.readString(page)).contains("Throughline beside its peers", "\"jdbc\"");
        assertThat(temp.resolve("bench")).doesNotExist();
    }

    @Test
    void a_member_that_does_not_start_costs_its_turn_and_not_the_comparison() throws IOException {
        assertThat(temp.toFile().setExecutable(true, false)).isTrue();

        int exitCode = bench(
                "--peers=throughline,jdbc",
                "--rounds=1",
                "--in-flight=16",
                "--warm-up=1s",
                "--seconds=1",
                "--keys=5000",
                "--heap=1m",
                "--json",
                "--bench-dir=" + temp.resolve("bench"));

        assertThat(exitCode).as(err.toString()).isEqualTo(6);
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.at("/measurements/0/peer").asText()).isEqualTo("jdbc");
        assertThat(report.at("/stepsMissing").asInt()).isEqualTo(1);
        assertThat(report.at("/notMeasured/0").asText()).startsWith("throughline in round 1");
    }

    @Test
    void the_list_names_peers_and_workloads() {
        assertThat(bench("--list")).isZero();

        assertThat(out.toString()).contains("mapstore-271", "look-aside", "read-cold");
    }

    @Test
    void a_page_that_can_not_be_written_is_told_before_anything_is_measured() {
        assertThat(bench("--html=" + temp.resolve("none/page.html"))).isEqualTo(6);

        assertThat(err.toString()).contains("page.html can't be written").doesNotContain("round 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --workloads=open-80,put                       | open-80 comes after put
            --heap=lots                                   | --heap is as in -Xmx
            --shards=4 --direct-connections=2             | --direct-connections is --shards to 180
            --keys=100                                    | --keys is at least twice --in-flight
            """)
    void what_can_not_be_measured_is_refused_at_once(String options, String reason) {
        assertThat(bench(options.split(" "))).isEqualTo(2);

        assertThat(err.toString()).contains(reason);
    }

    @Test
    void a_peer_that_does_not_exist_is_named() {
        assertThat(bench("--peers=oracle")).isEqualTo(2);

        assertThat(err.toString()).contains("no 'oracle'").contains("--list");
    }
}
