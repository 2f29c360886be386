@org.jspecify.annotations.NullMarked
package io.throughline.mapstore.schema;
