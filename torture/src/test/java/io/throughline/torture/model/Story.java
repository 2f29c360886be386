package io.throughline.torture.model;

import io.throughline.torture.model.Search.Found;

/** What a search has found, to be read. */
final class Story {

    private Story() {}

    /** A line a step, and what is broken then. Empty where everything holds. */
    static String of(Found found) {
        StringBuilder text = new StringBuilder();
        int step = 0;
        for (String sentence : found.story()) {
            text.append("%4d. %s%n".formatted(++step, sentence));
        }
        found.broken().forEach(property -> text.append("      Broken: %s.%n".formatted(property.words())));
        return text.toString();
    }
}
