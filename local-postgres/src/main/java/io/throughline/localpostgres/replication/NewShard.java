package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.Secrets;
import io.throughline.localpostgres.folder.TextFile;
import io.throughline.localpostgres.folder.Tree;
import io.throughline.localpostgres.postmaster.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Makes the data folders of a shard's nodes: one is initialized, the others are copies of it, never started before. */
final class NewShard {

    private final Site site;
    private final List<LiveNode> nodes;

    NewShard(Site site, List<LiveNode> nodes) {
        this.site = site;
        this.nodes = nodes;
    }

    /** Whatever a start that was killed has left goes first: it holds nobody's data. */
    void makeFolders() {
        for (LiveNode node : nodes) {
            node.postmaster().end();
            Tree.delete(node.folder().root());
            node.folder().make(site.account());
        }
        LiveNode first = nodes.get(0);
        initialize(first);
        for (LiveNode node : nodes.subList(1, nodes.size())) {
            Tree.copy(first.folder().data(), node.folder().data(), site.account(), path -> false);
        }
        Disk.force(site.folder().root());
    }

    private void initialize(LiveNode node) {
        Path password = node.folder().root().resolve("initial.password");
        TextFile.replaceFor(
                site.account(), password, Secrets.read(site.secrets().postgres()) + "\n");
        Outcome outcome = Outcome.of(
                site.account()
                        .command(List.of(
                                site.binaries().initdb().toString(),
                                "--pgdata=" + node.folder().data(),
                                "--username=postgres",
                                "--pwfile=" + password,
                                "--auth=scram-sha-256",
                                "--data-checksums",
                                // All folders are forced to disk together.
                                "--no-sync",
                                "--encoding=UTF8",
                                // The order of text then depends on no library of the system, and messages
                                // are in the words that StartFailure knows.
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8")),
                Path.of("/"));
        Tree.delete(password);
        if (outcome.exitCode() != 0) {
            throw failure(node, outcome);
        }
    }

    private static LocalPostgresException failure(LiveNode node, Outcome outcome) {
        boolean full = outcome.output().toLowerCase(Locale.ROOT).contains("no space left");
        return new LocalPostgresException(
                full ? Code.DISK_FULL : Code.START_FAILED,
                "The data folder of " + node.id() + " could not be made"
                        + (full ? ", because the disk is full" : "") + ":\n"
                        + outcome.output().strip());
    }
}
