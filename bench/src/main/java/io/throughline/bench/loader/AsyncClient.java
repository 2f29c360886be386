package io.throughline.bench.loader;

import java.util.concurrent.CompletionStage;

/** A client that needn't wait for its answers. Thread-safe. */
interface AsyncClient {

    CompletionStage<?> begin(Call call);
}
