package io.throughline.torture.nemesis;

import io.throughline.cli.LocalGrid;
import io.throughline.member.MemberProcess;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something that is done to a member's process and taken back. Signals reach that process and no other that has its pid since. */
final class MemberFault implements FaultInjector {

    private final LocalGrid grid;
    private final Consumer<MemberProcess> deed;
    private final Consumer<MemberProcess> undo;
    private @Nullable MemberProcess struck;

    private MemberFault(LocalGrid grid, Consumer<MemberProcess> deed, Consumer<MemberProcess> undo) {
        this.grid = grid;
        this.deed = deed;
        this.undo = undo;
    }

    static FaultInjector kill(LocalGrid grid) {
        return new MemberFault(grid, MemberProcess::kill, member -> {});
    }

    static FaultInjector stall(LocalGrid grid) {
        return new MemberFault(grid, MemberProcess::pause, MemberProcess::resume);
    }

    @Override
    public String begin(int target) {
        MemberProcess member = grid.members().get(target % grid.members().size());
        struck = member;
        deed.accept(member);
        return member.toString();
    }

    @Override
    public void heal() {
        MemberProcess member = struck;
        if (member != null) {
            undo.accept(member);
            struck = null;
        }
    }
}
