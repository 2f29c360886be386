package io.throughline.mapstore.attempt;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.throughline.mapstore.ErrorCode;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The envelope opens itself: an {@link AttemptEnvelope} is written, the plain value is read, and its attempt is noted.
 * The layout is the same in every language (clients/vectors/envelopes.json): version, deadline, id, value.
 */
final class AttemptSerializer implements StreamSerializer<Object> {

    private static final byte VERSION = 1;

    private final Supplier<OpenedAttempts> opened;

    AttemptSerializer(Supplier<OpenedAttempts> opened) {
        this.opened = opened;
    }

    @Override
    public int getTypeId() {
        return AttemptEnvelope.TYPE_ID;
    }

    @Override
    public void write(ObjectDataOutput out, Object envelope) throws IOException {
        AttemptEnvelope sealed = (AttemptEnvelope) envelope;
        out.writeByte(VERSION);
        out.writeLong(sealed.attempt().deadline());
        out.writeLong(sealed.attempt().id());
        out.writeObject(sealed.value());
    }

    /** @throws HazelcastSerializationException if this isn't an envelope of this version with a value inside */
    @Override
    public Object read(ObjectDataInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw invalid("its version is " + version + ", and this member reads version " + VERSION
                    + ". Use the client library and the members of one release");
        }
        long deadline = in.readLong();
        long id = in.readLong();
        if (deadline <= 0) {
            throw invalid("its deadline is " + deadline + ", and deadlines are above 0");
        }
        @Nullable Object inside = in.readObject();
        if (inside == null) {
            throw invalid("there is no value in it");
        }
        Object value = ownCopy(inside);
        if (!opened.get().note(value, new Attempt(deadline, id))) {
            throw invalid("there is another envelope in it");
        }
        return value;
    }

    /** Hazelcast gives every reader the same empty value, which can't carry a note of its own. */
    // Another object is what is wanted.
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static Object ownCopy(Object value) {
        if (value instanceof String text && text.isEmpty()) {
            return new String(text);
        }
        return value instanceof byte[] bytes && bytes.length == 0 ? new byte[0] : value;
    }

    private static HazelcastSerializationException invalid(String what) {
        return new HazelcastSerializationException("[REFUSED " + ErrorCode.ENVELOPE_INVALID
                + "] the envelope of an attempt can't be opened: " + what + ". Nothing was stored.");
    }
}
