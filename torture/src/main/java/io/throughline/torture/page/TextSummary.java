package io.throughline.torture.page;

import io.throughline.torture.check.CheckResult;
import io.throughline.torture.check.Finding;
import io.throughline.torture.check.Wording;
import io.throughline.torture.history.ClientKind;
import io.throughline.torture.history.Fault;
import io.throughline.torture.history.Operation;
import io.throughline.torture.history.Outcome;
import java.util.Locale;

/** A result for a terminal. Used once. */
public final class TextSummary {

    private static final int FINDINGS_SHOWN = 5;
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    private final TortureResult result;
    private final boolean coloured;
    private final StringBuilder text = new StringBuilder();

    private TextSummary(TortureResult result, boolean coloured) {
        this.result = result;
        this.coloured = coloured;
    }

    /** @param coloured with a terminal's colours */
    public static String of(TortureResult result, boolean coloured) {
        return new TextSummary(result, coloured).written();
    }

    private String written() {
        line(
                "%.0f s, seed %d, %d keys",
                result.nanos() / 1e9, result.seed(), result.check().keys());
        faults();
        clients();
        stalest();
        result.check().findings().stream().limit(FINDINGS_SHOWN).forEach(this::finding);
        int more = result.check().findings().size() - FINDINGS_SHOWN;
        if (more > 0) {
            line("… and %d more; the page shows them.", more);
        }
        line("");
        verdict();
        return text.toString();
    }

    private void faults() {
        line("");
        line("Faults");
        for (Fault fault : result.faults()) {
            line(
                    "  %-15s %-20s %7.1f s to %.1f s",
                    fault.name(), fault.target(), fault.begun() / 1e9, fault.ended() / 1e9);
        }
        if (result.faults().isEmpty()) {
            line("  none");
        }
    }

    private void clients() {
        line("");
        line("%-12s %10s %10s %10s", "Clients", "ok", "refused", "unknown");
        for (ClientActivity activity : result.clients()) {
            line(
                    "  %-10s %10d %10d %10d",
                    named(activity.kind()),
                    activity.count(Outcome.OK),
                    activity.count(Outcome.REFUSED),
                    activity.count(Outcome.UNKNOWN));
        }
    }

    private void stalest() {
        line("");
        result.check()
                .stalest()
                .ifPresentOrElse(
                        stalest -> line(
                                "Stalest read: %.3f s behind, key %s, operation %d (%s client %d).",
                                stalest.behind() / 1e9,
                                stalest.read().key(),
                                stalest.read().id(),
                                named(stalest.read().kind()),
                                stalest.read().client()),
                        () -> line("Stalest read: none was behind."));
    }

    private void finding(Finding finding) {
        line("");
        line("%s, key %s", coloured(RED, finding.kind().title()), finding.key());
        line("  %s", finding.sentence());
        for (Operation operation : finding.history()) {
            line(
                    "  %s %6d  client %-3d %12.3f to %.3f s  %s",
                    operation.id() == finding.offender() ? ">" : " ",
                    operation.id(),
                    operation.client(),
                    operation.invoked() / 1e9,
                    operation.completed() / 1e9,
                    Wording.of(operation));
        }
        finding.stored().forEach(each -> line("  > %s holds %s", each.copy(), Wording.value(each.value())));
    }

    private void verdict() {
        CheckResult check = result.check();
        String undecided = check.notDecided().isEmpty()
                ? ""
                : ", %d not decided (the first: %s)"
                        .formatted(check.notDecided().size(), check.notDecided().get(0));
        switch (check.verdict()) {
            case GOOD -> line("%s: every promise was kept.", coloured(GREEN, "Good"));
            case NOT_DECIDED -> line("%s: no violation found%s.", coloured(YELLOW, "Not decided"), undecided);
            case VIOLATED ->
                line("%s: %d of %d keys%s.", coloured(RED, "Violated"), check.violated(), check.keys(), undecided);
        }
    }

    private static String named(ClientKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private String coloured(String colour, String words) {
        return coloured ? colour + words + PLAIN : words;
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
