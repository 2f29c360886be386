package io.throughline.torture.nemesis;

import io.throughline.member.MemberNetwork;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cuts one member off from the others.
 *
 * @param members how many there are, numbered from 1, those within applications included; the first {@code victims} of them
 *     may be cut off
 */
record CutNetwork(MemberNetwork network, int members, int victims) implements FaultInjector {

    @Override
    public String begin(int target) {
        int alone = target % victims + 1;
        Set<Integer> others = IntStream.rangeClosed(1, members)
                .filter(member -> member != alone)
                .boxed()
                .collect(Collectors.toSet());
        network.split(List.of(Set.of(alone), others));
        return "member-" + alone;
    }

    @Override
    public void heal() {
        network.heal();
    }
}
