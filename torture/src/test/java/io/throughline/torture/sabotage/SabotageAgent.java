package io.throughline.torture.sabotage;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Breaks the product in the JVM that it is loaded into. */
public final class SabotageAgent {

    private static final String VICTIMS = "io/throughline/";

    private SabotageAgent() {}

    /** @param name of the {@link Sabotage} */
    public static void premain(String name, Instrumentation jvm) {
        Sabotage sabotage = Sabotage.named(name);
        jvm.addTransformer(new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader loader,
                    @Nullable String victim,
                    @Nullable Class<?> before,
                    @Nullable ProtectionDomain domain,
                    byte[] classFile) {
                return victim != null && victim.startsWith(VICTIMS) ? sabotage.applied(victim, classFile) : null;
            }
        });
    }
}
