package io.throughline.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import io.throughline.cli.JsonOption;
import io.throughline.cli.sizing.ByteCount;
import io.throughline.cli.sizing.CacheSize;
import io.throughline.cli.sizing.TimeSpan;
import io.throughline.cli.terminal.Screen;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "size",
        description = {
            "Works out how much memory the cache takes.",
            "puts/s x TTL x entry size x copies x headroom, so that nothing has to be evicted before its TTL ends."
                    + " The entry size includes what Hazelcast adds to each copy."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./grid size",
            "  ./grid size --puts 20000 --value-bytes 2KiB --members 5",
            "  ./grid size --puts 2500 --json"
        })
final class SizeCommand implements Callable<Integer> {

    @Option(
            names = "--puts",
            paramLabel = "N",
            defaultValue = "2500",
            description = "Puts a second at peak, plus loads after misses. Default: ${DEFAULT-VALUE}")
    private double puts;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = TimeSpanConverter.class,
            description = "time-to-live-seconds of the maps. Default: ${DEFAULT-VALUE}")
    private TimeSpan ttl = TimeSpan.parse("5s");

    @Option(
            names = "--key-bytes",
            paramLabel = "SIZE",
            defaultValue = "20",
            converter = ByteCountConverter.class,
            description = "Default: ${DEFAULT-VALUE}")
    private ByteCount keyBytes = new ByteCount(20);

    @Option(
            names = "--value-bytes",
            paramLabel = "SIZE",
            defaultValue = "200",
            converter = ByteCountConverter.class,
            description = "Default: ${DEFAULT-VALUE}")
    private ByteCount valueBytes = new ByteCount(200);

    @Option(
            names = "--copies",
            paramLabel = "N",
            defaultValue = "3",
            description = "backup-count + 1. Default: ${DEFAULT-VALUE}")
    private int copies;

    @Option(
            names = "--headroom",
            paramLabel = "FACTOR",
            defaultValue = "3",
            description = "Expired entries that are not yet swept, and peaks. Default: ${DEFAULT-VALUE}")
    private double headroom;

    @Option(names = "--members", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
    private int members;

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CacheSize size = size();
        if (json.wanted()) {
            json.print(new ObjectMapper()
                    .createObjectNode()
                    .put("entries", size.entries())
                    .put("entryBytes", size.entryBytes())
                    .put("copies", size.copies())
                    .put("headroom", size.headroom())
                    .put("totalBytes", size.totalBytes())
                    .put("memberBytes", size.bytesOfOneMember())
                    .put("memberHeapBytes", size.heapOfOneMember()));
        } else {
            print(size, Screen.of(spec.commandLine()));
        }
        return ExitCode.DONE.status();
    }

    private CacheSize size() {
        try {
            return new CacheSize(
                    puts,
                    ttl.duration(),
                    Math.toIntExact(keyBytes.bytes()),
                    Math.toIntExact(valueBytes.bytes()),
                    copies,
                    headroom,
                    members);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static void print(CacheSize size, Screen screen) {
        row(screen, "live entries", String.format(Locale.ROOT, "%,d", size.entries()), "puts/s x TTL, distinct keys");
        row(
                screen,
                "entry",
                new ByteCount(size.entryBytes()).toString(),
                "key + value + " + CacheSize.ENTRY_OVERHEAD_BYTES + " B, which Hazelcast adds to each copy");
        row(screen, "copies", Integer.toString(size.copies()), "the owner's and the backups'");
        row(screen, "headroom", "x " + size.headroom(), "2.3 for what has expired but isn't swept yet, and peaks");
        row(screen, "cache.large", new ByteCount(size.totalBytes()).toString(), "over all members");
        row(
                screen,
                "a member",
                new ByteCount(size.bytesOfOneMember()).toString(),
                "of entries, with " + size.members() + " members");
        row(
                screen,
                "its heap",
                "@|bold " + (size.heapOfOneMember() >> 20) + "m|@",
                "as in -Xmx and './grid up --heap': entries take 60 % of it, one member may be lost");
    }

    private static void row(Screen screen, String name, String value, String meaning) {
        screen.print(String.format(Locale.ROOT, "%-13s %-14s %s", name, value, meaning));
    }

    static final class ByteCountConverter implements ITypeConverter<ByteCount> {
        @Override
        public ByteCount convert(String text) {
            try {
                return ByteCount.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class TimeSpanConverter implements ITypeConverter<TimeSpan> {
        @Override
        public TimeSpan convert(String text) {
            try {
                return TimeSpan.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
