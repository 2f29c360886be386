package io.throughline.mapstore.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a text may look like.
 *
 * @param rule what is expected, as it stands in the error
 */
record Form(Pattern pattern, String rule) {

    static Form of(String pattern, String rule) {
        return new Form(Pattern.compile(pattern), rule);
    }

    boolean allows(String text) {
        return pattern.matcher(text).matches();
    }

    Optional<String> objection(String text) {
        return allows(text) ? Optional.empty() : Optional.of("is \"" + text + "\"; expected: " + rule);
    }
}
