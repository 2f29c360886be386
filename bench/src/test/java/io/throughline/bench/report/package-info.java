@NullMarked
package io.throughline.bench.report;

import org.jspecify.annotations.NullMarked;
