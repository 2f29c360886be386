package io.throughline.torture.model;

import io.throughline.torture.model.Moves.Move;
import java.util.List;
import java.util.Set;

/** All rules together: from a state, every one that can follow. */
final class Protocol {

    private final Setting setting;
    private final List<Rules> rules;

    Protocol(Scenario scenario, Set<Mechanism> missing) {
        this.setting = new Setting(scenario, missing);
        Judge judge = new Judge(setting);
        Answers answers = new Answers(setting, judge);
        Duties duties = new Duties(setting);
        this.rules = List.of(
                new PlainClientRules(setting, answers),
                new ResilientClientRules(setting, answers),
                new RequestRules(setting, answers),
                new StoreRules(setting, answers, duties),
                new LoadRules(setting, answers, duties),
                new ShardRules(setting, answers, judge),
                new BackupRules(setting, answers),
                new FailureRules(setting),
                new TimeRules(setting));
    }

    State begin() {
        return setting.begin();
    }

    List<Move> next(State state) {
        return next(state, Moves.silent());
    }

    /** As {@link #next}, in words. */
    List<Move> told(State state) {
        return next(state, Moves.told());
    }

    private List<Move> next(State state, Moves moves) {
        rules.forEach(each -> each.next(state, moves));
        return moves.list();
    }
}
