package io.throughline.torture.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page, the text and the JSON of a made-up run. */
final class TortureResultTest {

    private static final TortureResult RESULT = MadeUpRun.result();

    /** The page is left in {@code target/torture.html}, to be opened and looked at. */
    @Test
    void the_page_needs_nothing_from_elsewhere() throws IOException {
        String page = HtmlPage.of(RESULT);
        Files.writeString(Path.of("target", "torture.html"), page);
        assertThat(page.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http:", "https:", "src=", "@import", "url(");
    }

    @Test
    void the_page_holds_the_json_and_no_value_can_leave_it() throws IOException {
        String page = HtmlPage.of(RESULT);
        int begin = page.indexOf("id=\"result\">") + "id=\"result\">".length();
        JsonNode inside = new ObjectMapper().readTree(page.substring(begin, page.indexOf("</script>", begin)));
        assertThat(inside)
                .isEqualTo(new ObjectMapper().readTree(JsonForm.of(RESULT).toString()));
        assertThat(page).doesNotContain("<b>&no");
    }

    @Test
    void the_json_counts_outcomes_and_names_the_findings() {
        JsonNode json = JsonForm.of(RESULT);
        assertThat(json.get("verdict").asText()).isEqualTo("violated");
        assertThat(json.get("clients")).hasSize(4);
        assertThat(json.get("clients").get(0).get("unknown").asLong()).isPositive();
        assertThat(json.get("findings"))
                .extracting(finding -> Map.entry(
                        finding.get("key").asText(), finding.get("kind").asText()))
                .containsExactly(
                        Map.entry("copies", "copies-differ"),
                        Map.entry("list", "not-linearizable"),
                        Map.entry("lost", "not-durable"),
                        Map.entry("refused", "refused-value"),
                        Map.entry("turned", "not-linearizable"));
        assertThat(json.get("stalestRead").get("behindMillis").asDouble()).isPositive();
    }

    @Test
    void the_text_says_the_same_and_has_no_colour_unless_asked() {
        String text = TextSummary.of(RESULT, false);
        assertThat(text)
                .contains("stall-member    member-1                30.0 s to 42.0 s")
                .contains("> shard-1 primary holds \"first\"")
                .contains("a refused value was read, key refused")
                .contains("Stalest read: ")
                .doesNotContain("\u001b")
                .endsWith("keys.\n");
        assertThat(TextSummary.of(RESULT, true)).contains("\u001b[31mViolated\u001b[0m");
    }
}
