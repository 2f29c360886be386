package io.throughline.mapstore.config;

import static io.throughline.mapstore.config.SettingsFolder.SHORTEST;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.mapstore.GridConfigException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlReaderTest {

    @TempDir
    Path temp;

    private void refuses(String yaml, String message) {
        SettingsFolder settings = new SettingsFolder(temp);
        assertThatThrownBy(() -> settings.read(yaml))
                .isInstanceOf(GridConfigException.class)
                .hasMessage(temp.resolve("throughline.yaml") + " can't be used: " + message);
    }

    @Test
    void a_wrong_indentation_is_shown_with_line_and_column() {
        refuses(
                "database:\n  name: a\n user: b\n",
                "line 3, column 2: not valid YAML: expected <block end>, but found '<block mapping start>', while parsing a"
                        + " block mapping that begins on line 1");
    }

    @Test
    void a_tab_is_shown_with_line_and_column() {
        refuses(
                "database:\n\tname: a\n",
                "line 2, column 1: not valid YAML: found character '\\t(TAB)' that cannot start any token. (Do not use"
                        + " \\t(TAB) for indentation)");
    }

    @Test
    void an_open_quote_is_shown_with_line_and_column() {
        refuses(
                "grid: \"a\nshards: b\n",
                "line 3, column 1: not valid YAML: found unexpected end of stream, while scanning a quoted scalar that"
                        + " begins on line 1");
    }

    @Test
    void an_open_bracket_is_shown_with_line_and_column() {
        refuses(
                "shards: [a, b\n",
                "line 2, column 1: not valid YAML: expected ',' or ']', but got <stream end>, while parsing a flow"
                        + " sequence that begins on line 1");
    }

    @Test
    void an_empty_file_is_refused() {
        refuses("# nothing\n", "is empty; docs/configuration.md has a file to start from");
    }

    @Test
    void a_list_is_no_settings_file() {
        refuses("- a\n- b\n", "line 1: holds a list where keys such as \"shards:\" are expected");
    }

    @Test
    void a_second_document_is_refused() {
        refuses(SHORTEST + "---\ngrid: a\n", "line 10: a second document begins (---); settings are one document");
    }

    @Test
    void an_alias_is_refused() {
        refuses(
                "database: &a\n  name: b\nmigration: *a\n",
                "line 3: migration is an alias (*name), which isn't read; write its value out");
    }

    @Test
    void a_key_that_stands_twice_is_refused() {
        new SettingsFolder(temp)
                .refuses(
                        SHORTEST + "grid: a\ngrid: b\n",
                        "line 10, grid: stands in this block twice, first near line 9; keep one of them");
    }
}
