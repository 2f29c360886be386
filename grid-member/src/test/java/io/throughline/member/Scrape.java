package io.throughline.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;

/** One answer of /metrics. */
public record Scrape(List<String> lines) {

    public static Scrape of(URI health) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(health.resolve("/metrics")).build();
            return new Scrape(HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * The sum over all series of this name that carry these labels; 0 if there are none.
     *
     * @param name as Prometheus has it, such as {@code throughline_map_puts_total}
     * @param labels such as {@code map="kv"}
     */
    public double sum(String name, String... labels) {
        return series(name, labels)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public boolean has(String name, String... labels) {
        return series(name, labels).findAny().isPresent();
    }

    private Stream<String> series(String name, String... labels) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Stream.of(labels).allMatch(line::contains));
    }
}
