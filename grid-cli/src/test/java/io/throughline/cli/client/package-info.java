@NullMarked
package io.throughline.cli.client;

import org.jspecify.annotations.NullMarked;
