package io.throughline.member.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a few pages by GET and HEAD. Its threads and its queue are few, and a slow caller is cut off. Thread-safe. */
public final class HealthServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealthServer.class);

    private static final int THREADS = 4;
    private static final int WAITING = 64;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Map<String, Supplier<Page>> pages;

    private HealthServer(HttpServer server, Map<String, Supplier<Page>> pages) {
        this.server = server;
        this.pages = Map.copyOf(pages);
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "health-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /**
     * @param pages by path; each is asked on the server's threads and must answer at once
     * @throws IOException if the address can't be listened on
     */
    public static HealthServer start(InetSocketAddress address, Map<String, Supplier<Page>> pages) throws IOException {
        limitSlowCallers();
        HealthServer health = new HealthServer(HttpServer.create(address, 16), pages);
        health.server.start();
        return health;
    }

    /** Four callers that send nothing would else hold the four threads for ever. The JDK reads these once, in seconds. */
    private static void limitSlowCallers() {
        for (String limit : new String[] {"sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime"}) {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, "5");
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, page(exchange));
        } catch (IOException e) {
            log.debug("{} went away", exchange.getRemoteAddress(), e);
        }
    }

    private Page page(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return new Page(405, "text/plain", "only GET and HEAD\n");
        }
        Supplier<Page> page = pages.get(exchange.getRequestURI().getPath());
        if (page == null) {
            return new Page(
                    404,
                    "text/plain",
                    "there is "
                            + String.join(", ", pages.keySet().stream().sorted().toList()) + "\n");
        }
        try {
            return page.get();
        } catch (RuntimeException e) {
            log.warn("{} failed", exchange.getRequestURI().getPath(), e);
            return new Page(500, "text/plain", "failed, see the member's log\n");
        }
    }

    private static void send(HttpExchange exchange, Page page) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", page.contentType() + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        byte[] body = page.bytes();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(page.status(), -1);
        } else {
            exchange.sendResponseHeaders(page.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
