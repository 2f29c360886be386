package io.throughline.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An outcome as a page that needs nothing beside it. Stateless. */
public final class ComparisonHtml {

    private static final String PAGE = "report.html";
    private static final String PLACE = "@MEASURED@";

    private ComparisonHtml() {}

    public static String of(Outcome outcome) {
        // Within a script no text may look like its end.
        String measured = ComparisonJson.of(outcome).toString().replace("</", "<\\/");
        return template().replace(PLACE, measured);
    }

    private static String template() {
        try (InputStream page = ComparisonHtml.class.getResourceAsStream(PAGE)) {
            if (page == null) {
                throw new IllegalStateException(PAGE + " is missing from bench's jar");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + PAGE, e);
        }
    }
}
