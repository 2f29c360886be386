package io.throughline.torture.history;

/**
 * One operation on one key, as its client saw it.
 *
 * @param id where it stands in the history, from 0
 * @param client number of the client that ran it; a client runs one operation at a time on a key
 * @param kind what kind of client it is, and so what is promised to it
 * @param invoked when it began: ns since the run began, on a clock that all processes share
 * @param completed when the client knew its outcome, at least {@code invoked}; of one without an answer, when it was given up
 */
public record Operation(
        int id, int client, ClientKind kind, String key, Action action, long invoked, long completed, Outcome outcome) {

    public Operation {
        if (completed < invoked) {
            throw new IllegalArgumentException("operation " + id + " completed before it was invoked");
        }
    }
}
