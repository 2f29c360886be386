/** The runnable member: configuration, health, metrics and ordered shutdown around an embedded Hazelcast. */
@NullMarked
package io.throughline.member;

import org.jspecify.annotations.NullMarked;
