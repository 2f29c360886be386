@NullMarked
package io.throughline.cli.audit;

import org.jspecify.annotations.NullMarked;
