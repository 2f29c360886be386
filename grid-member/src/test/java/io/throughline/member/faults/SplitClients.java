package io.throughline.member.faults;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.throughline.member.SplittableGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A client of each member, which puts and gets the same keys as the others until it is closed. */
final class SplitClients implements AutoCloseable {

    static final int MEMBERS = 3;
    private static final int KEYS = 24;

    private final History history = new History();
    private final List<HazelcastInstance> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLongArray served = new AtomicLongArray(MEMBERS + 1);
    private final AtomicLongArray newestServed = new AtomicLongArray(MEMBERS + 1);
    private final AtomicLongArray refused = new AtomicLongArray(MEMBERS + 1);

    SplitClients(SplittableGrid grid) {
        for (int number = 1; number <= MEMBERS; number++) {
            int member = number;
            HazelcastInstance client = grid.clientOf(number);
            clients.add(client);
            threads.add(new Thread(() -> work(member, client.getMap("kv")), "client-of-member-" + number));
        }
        threads.forEach(Thread::start);
    }

    static List<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(number -> "split-" + number).toList();
    }

    private void work(int member, IMap<String, String> kv) {
        while (!stopped.get()) {
            for (String key : keys()) {
                attempt(member, () -> put(kv, key));
                attempt(member, () -> get(kv, key, "client-of-member-" + member));
            }
        }
    }

    private void attempt(int member, Runnable operation) {
        long begun = System.nanoTime();
        try {
            operation.run();
            served.incrementAndGet(member);
            newestServed.set(member, begun);
        } catch (RuntimeException e) {
            refused.incrementAndGet(member);
        }
    }

    private void put(IMap<String, String> kv, String key) {
        String value = history.begin(key);
        long begun = System.nanoTime();
        kv.set(key, value);
        history.acknowledged(key, value, begun);
    }

    private void get(IMap<String, String> kv, String key, String by) {
        long floor = history.floor(key);
        history.read(key, kv.get(key), floor, by);
    }

    IMap<String, String> mapOf(int member) {
        return clients.get(member - 1).getMap("kv");
    }

    /** None of those that the clients use. */
    String keyOwnedBy(String address) {
        return Stream.iterate(0, number -> number + 1)
                .map(number -> "owned-" + number)
                .filter(key -> address.equals(ownerOf(key)))
                .findFirst()
                .orElseThrow();
    }

    private String ownerOf(String key) {
        var owner = clients.get(0)
                .getPartitionService()
                .getPartition(key)
                .getOwner()
                .getAddress();
        return owner.getHost() + ":" + owner.getPort();
    }

    /** Operations that this member's client was given an answer to. */
    long servedBy(int member) {
        return served.get(member);
    }

    /** When the last operation began that this member's client was given an answer to, as {@link System#nanoTime}. */
    long newestServedBy(int member) {
        return newestServed.get(member);
    }

    long refusedBy(int member) {
        return refused.get(member);
    }

    History history() {
        return history;
    }

    void stop() throws InterruptedException {
        stopped.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() {
        stopped.set(true);
        clients.forEach(HazelcastInstance::shutdown);
    }
}
