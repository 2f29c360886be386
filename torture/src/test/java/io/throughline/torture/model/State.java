package io.throughline.torture.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One moment, immutable. Equal moments are equal however they were reached.
 *
 * @param clock of the shard, in ticks
 * @param replayed how much of the history a standby has replayed
 * @param sea what is on its way, in {@link Message#order}
 */
record State(
        int clock,
        Row row,
        History history,
        int replayed,
        List<Writer> writers,
        List<Member> members,
        List<Message> sea,
        List<Client> clients,
        Ledger ledger,
        Budget budget) {

    private static final long BEGIN_MILLIS = 1_000;
    private static final long TICK_MILLIS = 100;

    long now() {
        return BEGIN_MILLIS + TICK_MILLIS * clock;
    }

    Member member(int number) {
        return members.get(number);
    }

    Client client(int number) {
        return clients.get(number);
    }

    /** Whose the partition is by now. */
    int owner() {
        if (member(Member.B).owner()) {
            return Member.B;
        }
        return hasThird() && member(Member.C).owner() ? Member.C : Member.A;
    }

    boolean hasThird() {
        return members.size() > Member.C;
    }

    /** Whether it is out of the cluster, though it may not know. */
    boolean removed(int member) {
        return member != Member.B && member(member).owner() && member(Member.B).owner();
    }

    /** Whose value a read of the row finds; a delete's is none. */
    int visible() {
        return history.last();
    }

    State ticks() {
        return new State(clock + 1, row, history, replayed, writers, members, sea, clients, ledger, budget);
    }

    State with(Row changed) {
        return new State(clock, changed, history, replayed, writers, members, sea, clients, ledger, budget);
    }

    State with(History longer) {
        return new State(clock, row, longer, replayed, writers, members, sea, clients, ledger, budget);
    }

    State replays(int position) {
        return new State(clock, row, history, position, writers, members, sea, clients, ledger, budget);
    }

    State with(int member, Writer writer) {
        return new State(
                clock, row, history, replayed, set(writers, member, writer), members, sea, clients, ledger, budget);
    }

    State with(int number, Member member) {
        return new State(
                clock, row, history, replayed, writers, set(members, number, member), sea, clients, ledger, budget);
    }

    State with(int number, Client client) {
        return new State(
                clock, row, history, replayed, writers, members, sea, set(clients, number, client), ledger, budget);
    }

    State with(Ledger written) {
        return new State(clock, row, history, replayed, writers, members, sea, clients, written, budget);
    }

    State with(Budget left) {
        return new State(clock, row, history, replayed, writers, members, sea, clients, ledger, left);
    }

    State plus(Message message) {
        List<Message> all = new ArrayList<>(sea.size() + 1);
        all.addAll(sea);
        all.add(message);
        all.sort(Comparator.comparingLong(Message::order));
        return withSea(all);
    }

    State minus(Message message) {
        List<Message> rest = new ArrayList<>(sea);
        rest.remove(message);
        return withSea(rest);
    }

    State withSea(List<Message> messages) {
        return new State(
                clock, row, history, replayed, writers, members, List.copyOf(messages), clients, ledger, budget);
    }

    private static <T> List<T> set(List<T> list, int index, T element) {
        List<T> changed = new ArrayList<>(list);
        changed.set(index, element);
        return List.copyOf(changed);
    }
}
