package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.localpostgres.Secrets;
import io.throughline.localpostgres.account.Account;
import io.throughline.localpostgres.binaries.Binaries;
import io.throughline.localpostgres.binaries.Platform;
import io.throughline.localpostgres.folder.GridFolder;
import io.throughline.localpostgres.folder.StateFile;

/** What all nodes of one folder share. */
public record Site(
        LocalShardsConfig config,
        GridFolder folder,
        StateFile state,
        Secrets secrets,
        Binaries binaries,
        Account account,
        Platform platform) {

    public static final String HOST = "127.0.0.1";
    public static final String DATABASE = "throughline";

    /** The database to connect to for anything that is not about rows; it is there from the first moment. */
    static final String MAINTENANCE = "postgres";

    void tell(String place, String step) {
        config.progress().step(place, step);
    }
}
