package io.throughline.torture.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A result as one HTML document that needs nothing else: {@code page.html} with the {@link JsonForm} inside, drawn by its own
 * script. Stateless.
 */
public final class HtmlPage {

    private static final String PLACE = "{\"the result\": \"goes here\"}";

    private HtmlPage() {}

    public static String of(TortureResult result) {
        // A value must not be able to end the script that it stands in.
        String json = JsonForm.of(result).toString().replace("<", "\\u003c");
        return template().replace(PLACE, json);
    }

    private static String template() {
        try (InputStream page = Objects.requireNonNull(HtmlPage.class.getResourceAsStream("page.html"))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException("page.html could not be read from the torture test's own jar", failed);
        }
    }
}
