package io.throughline.member;

import io.throughline.mapstore.GridConfigException;
import io.throughline.mapstore.StartRefusedException;
import io.throughline.mapstore.Throughline;
import io.throughline.mapstore.config.GridConfig;
import io.throughline.mapstore.config.GridMapConfig;
import io.throughline.mapstore.config.MigrationConfig;
import io.throughline.member.log.LogFormat;
import io.throughline.member.log.MemberLog;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code java -jar grid-member.jar migrate}: schemas and tables, for members that don't hold the owner's password. */
@Command(
        name = "migrate",
        description = "Makes the grid's schemas and tables on every shard, or brings them up to date, and ends.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every shard is up to date",
            "2:wrong command line",
            "69:a shard can't be reached or changed, or isn't this grid's",
            "78:throughline.yaml or the password file is missing or wrong"
        },
        footer = {
            "",
            "Run it again at any time, also while members serve: what is there is left as it is.",
            "",
            "Example, with a throughline.yaml that has no migration section:",
            "  java -jar grid-member.jar migrate --config config --password-file owner.password"
        })
final class MigrateCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = "${env:THROUGHLINE_CONFIG:-config}",
            description = "Folder with throughline.yaml.")
    private Path config = Path.of("config");

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            defaultValue = MigrationConfig.OWNER,
            description = "Owns the database. With --password-file only.")
    private String user = MigrationConfig.OWNER;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Holds that role's password. Without it the migration section of throughline.yaml says both.")
    private @Nullable Path passwordFile;

    @Override
    public Integer call() {
        MemberLog.configure(LogFormat.PLAIN, "migrate", Map.of());
        try {
            GridConfig migrated = Throughline.migrate(
                    config.resolve("throughline.yaml"),
                    passwordFile == null ? null : MigrationConfig.of(user, passwordFile));
            System.out.println("up to date: " + String.join(", ", migrated.shardNames()) + ", each with maps "
                    + migrated.maps().stream().map(GridMapConfig::name).collect(Collectors.joining(", ")));
            return 0;
        } catch (GridConfigException e) {
            return ended(ExitCode.CONFIG, e);
        } catch (StartRefusedException e) {
            return ended(ExitCode.START_REFUSED, e);
        }
    }

    private static int ended(ExitCode code, RuntimeException why) {
        MemberCommand.complain(why.getMessage());
        return code.status();
    }
}
