package io.throughline.torture.sabotage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The texts that are changed stand in the product: else nothing would be broken, and nothing found. */
final class SabotageTest {

    @ParameterizedTest
    @EnumSource
    void every_text_that_is_changed_is_there(Sabotage sabotage) {
        Set<String> left = new HashSet<>(sabotage.texts().keySet());
        for (byte[] victim : victims()) {
            left.removeIf(text ->
                    ClassTexts.replaced(victim, Map.of(text, sabotage.texts().get(text))) != victim);
        }
        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void every_method_that_is_emptied_is_there(Sabotage sabotage) {
        for (Sabotage.EmptyMethod method : sabotage.emptied()) {
            byte[] victim = bytes(method.owner() + ".class");
            assertThat(sabotage.applied(method.owner(), victim)).hasSizeLessThan(victim.length);
        }
    }

    @Test
    void a_class_without_these_texts_stays_as_it_was() {
        for (byte[] victim : victims()) {
            assertThat(ClassTexts.replaced(victim, Map.of("no such text", "x"))).isSameAs(victim);
        }
    }

    private static List<byte[]> victims() {
        Path statements = Path.of("io/throughline/mapstore/statement");
        return Stream.of("MapTable", "DirectStatement", "WriterGuard", "WriteStatement", "RowGuard")
                .map(name -> bytes(statements.resolve(name + ".class").toString()))
                .toList();
    }

    private static byte[] bytes(String file) {
        try (InputStream in = SabotageTest.class.getClassLoader().getResourceAsStream(file)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
