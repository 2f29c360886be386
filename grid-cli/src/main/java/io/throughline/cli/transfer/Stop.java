package io.throughline.cli.transfer;

import io.throughline.cli.ExitCode;

/** Why an import ends before the file does. */
record Stop(ExitCode exitCode, String message) {}
