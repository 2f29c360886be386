package io.throughline.examples.boot;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/notes/{name}")
class Notes {

    private final IMap<String, String> kv;

    Notes(HazelcastInstance member) {
        this.kv = member.getMap("kv");
    }

    /** On a quorum of the note's shard when it returns. */
    @PutMapping
    void write(@PathVariable("name") String name, @RequestBody String text) {
        kv.set(name, text);
    }

    @GetMapping
    ResponseEntity<String> read(@PathVariable("name") String name) {
        return ResponseEntity.of(Optional.ofNullable(kv.get(name)));
    }

    @DeleteMapping
    void remove(@PathVariable("name") String name) {
        kv.delete(name);
    }

    /** The note may be stored, now or later; who asked may write it again. */
    @ExceptionHandler
    @ResponseStatus(HttpStatus.GATEWAY_TIMEOUT)
    String unknown(IndeterminateOperationStateException outcome) {
        return String.valueOf(outcome.getMessage());
    }
}
