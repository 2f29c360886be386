package com.example.gadget;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Writes a file as soon as someone deserializes it, or runs it. */
public final class Gadget implements Serializable, Callable<String> {

    private static final long serialVersionUID = 1L;

    private final String file;

    public Gadget(Path file) {
        this.file = file.toString();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        Files.writeString(Path.of(file), "made");
    }

    @Override
    public String call() throws IOException {
        Files.writeString(Path.of(file), "run");
        return "run";
    }
}
