package io.throughline.torture.sabotage;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Empties a method of a class file: it does nothing, or returns false. Stateless. */
final class Emptied {

    private Emptied() {}

    /** @throws IllegalArgumentException if there is none of this name that returns nothing or a boolean */
    static byte[] in(byte[] classFile, String method) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        boolean[] found = new boolean[1];
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor body = super.visitMethod(access, name, descriptor, signature, exceptions);
                        if (!name.equals(method)) {
                            return body;
                        }
                        found[0] = true;
                        write(body, Type.getReturnType(descriptor));
                        return null;
                    }
                },
                0);
        if (!found[0]) {
            throw new IllegalArgumentException("there is no method named " + method);
        }
        return writer.toByteArray();
    }

    private static void write(MethodVisitor body, Type returned) {
        body.visitCode();
        if (returned.equals(Type.BOOLEAN_TYPE)) {
            body.visitInsn(Opcodes.ICONST_0);
            body.visitInsn(Opcodes.IRETURN);
        } else if (returned.equals(Type.VOID_TYPE)) {
            body.visitInsn(Opcodes.RETURN);
        } else {
            throw new IllegalArgumentException("a method that returns " + returned + " can't be empty");
        }
        body.visitMaxs(0, 0);
        body.visitEnd();
    }
}
