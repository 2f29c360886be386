package io.throughline.localpostgres;

import io.throughline.localpostgres.LocalPostgresException.Code;
import io.throughline.localpostgres.account.Account;
import io.throughline.localpostgres.binaries.Binaries;
import io.throughline.localpostgres.binaries.BinaryCache;
import io.throughline.localpostgres.binaries.Platform;
import io.throughline.localpostgres.folder.FolderLock;
import io.throughline.localpostgres.folder.FreePorts;
import io.throughline.localpostgres.folder.GridFolder;
import io.throughline.localpostgres.folder.NodeRecord;
import io.throughline.localpostgres.folder.PasswordFiles;
import io.throughline.localpostgres.folder.ShardRecord;
import io.throughline.localpostgres.folder.StateFile;
import io.throughline.localpostgres.folder.WalPosition;
import io.throughline.localpostgres.replication.LiveShard;
import io.throughline.localpostgres.replication.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Everything before the first server starts: checks, lock, binaries, state, passwords. */
final class Opening {

    private final LocalShardsConfig config;
    private final GridFolder folder;

    private Opening(LocalShardsConfig config) {
        this.config = config;
        this.folder = new GridFolder(config.directory());
    }

    static Opening of(LocalShardsConfig config) {
        return new Opening(config);
    }

    LocalShards open() {
        Account account = Account.current();
        Platform platform = Platform.current();
        folder.open(account);
        FolderLock lock = FolderLock.take(folder.lock(), folder.owner());
        try {
            Binaries binaries = new BinaryCache(config.binaryCache(), platform, account, config.progress()).open();
            StateFile state = state(binaries);
            boolean made = state.shards().stream().anyMatch(ShardRecord::made);
            Secrets secrets = PasswordFiles.open(folder.secrets(), made);
            Site site = new Site(config, folder, state, secrets, binaries, account, platform);
            List<LiveShard> shards = state.shards().stream()
                    .map(shard -> new LiveShard(site, shard.name()))
                    .toList();
            return new LocalShards(site, lock, shards);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private StateFile state(Binaries binaries) {
        if (!StateFile.exists(folder.state())) {
            return StateFile.create(folder.state(), binaries.version(), layout());
        }
        StateFile state = StateFile.open(folder.state(), binaries.version());
        int shards = state.shards().size();
        if (shards != config.shards()) {
            throw new LocalPostgresException(
                    Code.LAYOUT_DIFFERS,
                    folder.root() + " has " + shards + " shards, but " + config.shards()
                            + " are asked for. Which keys a shard holds is fixed when it is made: ask for " + shards
                            + ", or name another folder.");
        }
        applyFixedPorts(state);
        return state;
    }

    private List<ShardRecord> layout() {
        List<Integer> ports = config.ports().isEmpty() ? freePorts() : config.ports();
        List<ShardRecord> shards = new ArrayList<>();
        for (int shard = 0; shard < config.shards(); shard++) {
            List<NodeRecord> nodes = new ArrayList<>();
            for (int node = 0; node < LocalShardsConfig.NODES_OF_A_SHARD; node++) {
                int port = ports.get(shard * LocalShardsConfig.NODES_OF_A_SHARD + node);
                nodes.add(new NodeRecord("node-" + (node + 1), port, node == 0 ? Role.PRIMARY : Role.STANDBY));
            }
            shards.add(new ShardRecord("shard-" + (shard + 1), false, 0, WalPosition.START, nodes));
        }
        return shards;
    }

    private List<Integer> freePorts() {
        try (FreePorts free = new FreePorts()) {
            return free.take(config.shards() * LocalShardsConfig.NODES_OF_A_SHARD, config.firstPort(), Set.of());
        }
    }

    private void applyFixedPorts(StateFile state) {
        if (config.ports().isEmpty()) {
            return;
        }
        int next = 0;
        for (ShardRecord shard : state.shards()) {
            for (NodeRecord node : shard.nodes()) {
                int port = config.ports().get(next++);
                state.change(shard.name(), before -> before.withPort(node.name(), port));
            }
        }
    }
}
