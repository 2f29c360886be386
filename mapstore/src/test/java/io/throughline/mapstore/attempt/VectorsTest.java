package io.throughline.mapstore.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.util.HashUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients in every language have to agree on with Hazelcast's own Java: {@code clients/vectors}. */
class VectorsTest {

    private static final Path VECTORS = Path.of("..", "clients", "vectors");

    /** In serialized data, after the partition hash and the type id. */
    private static final int PAYLOAD_AT = 8;

    private static final InternalSerializationService SERIALIZATION = new DefaultSerializationServiceBuilder().build();

    private static Stream<JsonNode> keys() throws IOException {
        return vectors("keys.json");
    }

    private static Stream<JsonNode> envelopes() throws IOException {
        return vectors("envelopes.json");
    }

    private static Stream<JsonNode> vectors(String file) throws IOException {
        JsonNode vectors = new ObjectMapper().readTree(VECTORS.resolve(file).toFile());
        return StreamSupport.stream(vectors.spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_key_belongs_to_the_partition_of_the_vectors(JsonNode vector) {
        Data key = SERIALIZATION.toData(vector.get("key").textValue());
        vector.get("partitions")
                .properties()
                .forEach(partition -> assertThat(
                                HashUtil.hashToIndex(key.getPartitionHash(), Integer.parseInt(partition.getKey())))
                        .as("partition of %s", partition.getKey())
                        .isEqualTo(partition.getValue().intValue()));
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    void an_envelope_is_laid_out_as_in_the_vectors(JsonNode vector) {
        Attempt attempt =
                new Attempt(vector.get("deadline").longValue(), vector.get("id").longValue());
        byte[] envelope = SERIALIZATION
                .toData(new AttemptEnvelope(attempt, value(vector)))
                .toByteArray();
        assertThat(HexFormat.of().formatHex(Arrays.copyOfRange(envelope, PAYLOAD_AT, envelope.length)))
                .isEqualTo(vector.get("payload").textValue());
    }

    private static Object value(JsonNode vector) {
        String text = vector.get("value").textValue();
        return switch (vector.get("format").textValue()) {
            case "text" -> text;
            case "json" -> new HazelcastJsonValue(text);
            case "binary" -> HexFormat.of().parseHex(text);
            default -> throw new IllegalArgumentException(vector.toString());
        };
    }
}
