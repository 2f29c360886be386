package io.throughline.member.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hazelcast.core.HazelcastException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refusal says to a client in any language: all of it stands in the message. */
record Refusal(String code, String verb, String key, String map, int partition, String shard, String story) {

    private static final Pattern MESSAGE = Pattern.compile(
            "\\[REFUSED (?<code>[A-Z_]+)] (?<verb>put|remove|load) of key '(?<key>.*?)' in map '(?<map>.*?)'"
                    + " \\(partition (?<partition>\\d+), (?<shard>\\S+)\\): (?<story>.*)",
            Pattern.DOTALL);

    /** The call must be refused, with an error of a class that every client has. */
    static Refusal of(ThrowingCallable call) {
        Throwable error = catchThrowable(call);
        assertThat(error).isInstanceOf(HazelcastException.class);
        Matcher said = MESSAGE.matcher(String.valueOf(error.getMessage()));
        assertThat(said.matches()).as("%s", error).isTrue();
        return new Refusal(
                said.group("code"),
                said.group("verb"),
                said.group("key"),
                said.group("map"),
                Integer.parseInt(said.group("partition")),
                said.group("shard"),
                said.group("story"));
    }
}
