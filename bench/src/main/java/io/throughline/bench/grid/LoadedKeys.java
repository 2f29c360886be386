package io.throughline.bench.grid;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How many keys the members have loaded from the shards since the first look, by their own metrics: what a get didn't find
 * in memory. A member that ends takes with it what it counted after the last look. Thread-safe.
 */
public final class LoadedKeys {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final List<String> healthUrls;
    private final Map<String, Double> lastSeen = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private double since;
    private boolean cameLate;

    /** @param healthUrls base URLs of the members' health and metrics; none where they aren't known */
    public LoadedKeys(List<String> healthUrls) {
        this.healthUrls = List.copyOf(healthUrls);
    }

    /** Asks every member. */
    public synchronized void look() {
        for (String url : healthUrls) {
            try {
                count(url, LoadCounter.sum(metrics(url)));
            } catch (IOException e) {
                silent.add(url);
            }
        }
    }

    synchronized void count(String url, double now) {
        Double before = lastSeen.put(url, now);
        boolean wasSilent = silent.remove(url);
        if (before == null) {
            cameLate |= wasSilent;
        } else {
            // Less than before: the member was started anew and counts from 0.
            since += now >= before ? now - before : now;
        }
    }

    private static String metrics(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url.endsWith("/") ? url + "metrics" : url + "/metrics")
                        .toURL()
                        .openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }

    /** Empty where no member ever answered. */
    public synchronized OptionalDouble sinceFirstLook() {
        return lastSeen.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(since);
    }

    /** Whether every member answered the first look and the last: what it counted in between is in its last answer. */
    public synchronized boolean complete() {
        return silent.isEmpty() && !cameLate;
    }
}
