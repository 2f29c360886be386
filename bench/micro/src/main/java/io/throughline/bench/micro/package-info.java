/** JMH on the hot pieces of a put: docs/performance.md has the command and what was seen. */
@NullMarked
package io.throughline.bench.micro;

import org.jspecify.annotations.NullMarked;
