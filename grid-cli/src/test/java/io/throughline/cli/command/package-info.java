@NullMarked
package io.throughline.cli.command;

import org.jspecify.annotations.NullMarked;
