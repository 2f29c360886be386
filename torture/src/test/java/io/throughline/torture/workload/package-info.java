@NullMarked
package io.throughline.torture.workload;

import org.jspecify.annotations.NullMarked;
