package io.throughline.bench.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Counters that members tell in Prometheus' text format. Stateless. */
final class Metrics {

    private Metrics() {}

    /** Over all members and labels. */
    static long sum(List<String> healthUrls, String counter) {
        return Math.round(healthUrls.stream()
                .flatMap(url -> text(url).lines())
                .filter(line -> line.startsWith(counter))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum());
    }

    private static String text(String healthUrl) {
        try (InputStream page =
                URI.create(healthUrl).resolve("/metrics").toURL().openStream()) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(healthUrl + " doesn't tell its metrics", e);
        }
    }
}
