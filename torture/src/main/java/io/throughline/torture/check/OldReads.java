package io.throughline.torture.check;

import io.throughline.torture.check.KeyHistory.Sight;
import io.throughline.torture.history.Operation;
import java.util.Optional;
import java.util.stream.Stream;

/** What the checks of old reads have in common: by which write what a read saw had certainly been replaced. */
final class OldReads {

    private final KeyHistory history;
    private final Writers writers;

    OldReads(KeyHistory history) {
        this.history = history;
        this.writers = new Writers(history);
    }

    /** Of these writes the first that had certainly replaced what was read; empty where none had before the read was over. */
    Optional<Step> replacedBy(Sight read, Overwriting writes) {
        long written = writers.lastWritten(read.seen());
        return written == Step.NEVER_OVER
                ? Optional.empty()
                : writes.firstAfter(written)
                        .filter(write -> write.to() < read.operation().completed());
    }

    Finding finding(Kind kind, Sight read, Step replacedBy, String sentence) {
        Operation reader = read.operation();
        Stream<Operation> shown = Stream.of(
                        writers.lastWriter(read.seen()).map(Step::operation).stream(),
                        Stream.of(replacedBy.operation(), reader.id()))
                .flatMap(ids -> ids)
                .map(history::operation);
        return Finding.seen(kind, history.key(), reader, sentence, shown.toList());
    }

    String said(Sight read, Step replacedBy) {
        return "%s saw what %s had replaced"
                .formatted(
                        Wording.sentence(read.operation()), Wording.named(history.operation(replacedBy.operation())));
    }
}
