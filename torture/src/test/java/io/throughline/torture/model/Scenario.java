package io.throughline.torture.model;

import io.throughline.torture.model.Operation.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Bounds of a search: what the clients do, and what may go wrong.
 *
 * @param scripts of each client
 * @param row in the beginning
 * @param cached whether both members hold its value in the beginning
 * @param remembered how many operations a row remembers
 */
record Scenario(
        List<List<Operation>> scripts, Row row, boolean cached, int remembered, Budget budget, Set<Trait> traits) {

    /** What a scenario allows beside its budget. */
    enum Trait {
        /** Refills come from a standby. */
        STANDBY_REFILLS,
        /** A row may take an attempt again that it has forgotten, before its deadline: docs/model.md, "What it found". */
        FORGOTTEN_ATTEMPTS,
        /** A member may refuse what it has not sent. */
        REFUSALS,
        /** A member that wakes serves for a moment, before it looks at whom it hears: docs/model.md, "What it found". */
        WAKES_UNAWARE,
        /** A new owner waits one time to live before its first write ({@code strict-lease}). */
        STRICT_LEASE,
        /** The owner hands the partition over to a third member, which may hand it on, or be killed. */
        THIRD_MEMBER,
        /** A resilient client may give up on what it has sent to the shard. */
        GIVES_UP,
        /** A resilient client may go to the shard without asking the cache. */
        BREAKER
    }

    /** What one client does, in this order. */
    static List<Kind> client(Kind... script) {
        return List.of(script);
    }

    @SafeVarargs
    static Scenario of(Budget budget, List<Kind>... scripts) {
        List<List<Operation>> all = new ArrayList<>();
        int number = 0;
        for (int client = 0; client < scripts.length; client++) {
            List<Operation> script = new ArrayList<>();
            for (Kind kind : scripts[client]) {
                script.add(new Operation(++number, client, kind));
            }
            all.add(List.copyOf(script));
        }
        return new Scenario(List.copyOf(all), Row.PLAIN, true, 1, budget, Set.of());
    }

    Scenario with(Trait first, Trait... more) {
        return new Scenario(scripts, row, cached, remembered, budget, EnumSet.of(first, more));
    }

    Scenario remembering(int operations) {
        return new Scenario(scripts, row, cached, operations, budget, traits);
    }

    /** With nothing in memory. */
    Scenario cold() {
        return new Scenario(scripts, row, false, remembered, budget, traits);
    }

    /** With no row, and nothing in memory. */
    Scenario empty() {
        return new Scenario(scripts, Row.NONE, false, remembered, budget, traits);
    }

    List<Operation> operations() {
        return scripts.stream().flatMap(List::stream).toList();
    }

    State begin() {
        int memory = cached ? 0 : Member.NOTHING;
        List<Writer> writers = new ArrayList<>(List.of(Writer.NEW, Writer.NEW));
        List<Member> members = new ArrayList<>(List.of(Member.fresh(true, memory), Member.fresh(false, memory)));
        if (traits.contains(Trait.THIRD_MEMBER)) {
            writers.add(Writer.NEW);
            members.add(Member.fresh(false, Member.NOTHING));
        }
        return new State(
                0,
                row,
                History.EMPTY,
                0,
                List.copyOf(writers),
                List.copyOf(members),
                List.of(),
                scripts.stream().map(script -> Client.FRESH).toList(),
                Ledger.of(operations().size()),
                budget);
    }
}
