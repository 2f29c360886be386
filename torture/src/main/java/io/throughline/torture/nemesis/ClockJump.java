package io.throughline.torture.nemesis;

import io.throughline.torture.grid.FakeClocks;

/**
 * Sets a member's wall clock up to a minute ahead or back.
 *
 * @param members how many there are, numbered from 1
 */
record ClockJump(FakeClocks clocks, int members) implements FaultInjector {

    private static final int LONGEST_SECONDS = 60;
    private static final int SHORTEST_SECONDS = 5;

    @Override
    public String begin(int target) {
        int member = target % members + 1;
        int seconds = SHORTEST_SECONDS + target / members % (LONGEST_SECONDS - SHORTEST_SECONDS + 1);
        int jump = target / members % 2 == 0 ? seconds : -seconds;
        clocks.set(member, jump);
        return "member-" + member + ", by " + jump + " s";
    }

    @Override
    public void heal() {
        for (int member = 1; member <= members; member++) {
            clocks.set(member, 0);
        }
    }
}
