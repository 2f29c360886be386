package io.throughline.cli.transfer;

import java.util.concurrent.CompletionStage;

/** Where imported entries go. */
@FunctionalInterface
interface Sink {

    /** May also throw what the stage would end with. */
    CompletionStage<?> write(String key, Object value);
}
