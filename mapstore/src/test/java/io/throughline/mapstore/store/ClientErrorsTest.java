package io.throughline.mapstore.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import io.throughline.mapstore.ErrorCode;
import io.throughline.mapstore.RefusedException;
import io.throughline.mapstore.UnknownOutcomeException;
import org.junit.jupiter.api.Test;

class ClientErrorsTest {

    @Test
    void what_was_not_sent_before_its_partition_moved_is_tried_on_the_new_owner() {
        assertThat(ClientErrors.of(new RefusedException(ErrorCode.PARTITION_MOVED, "moved", null)))
                .isInstanceOf(RetryableHazelcastException.class);
    }

    /** A refusal by the new owner would say that nothing is stored. */
    @Test
    void what_may_be_stored_is_unknown_and_not_tried_elsewhere() {
        assertThat(ClientErrors.of(new UnknownOutcomeException(ErrorCode.PARTITION_MOVED, "moved", null)))
                .isInstanceOf(IndeterminateOperationStateException.class);
    }
}
