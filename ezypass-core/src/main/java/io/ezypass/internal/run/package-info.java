/**
 * All I/O: the two runners that interpret a {@link io.ezypass.internal.plan.Plan}, sync and async,
 * the key cache that they share, and what the log and an observer are told. Knows nothing of items
 * and cryptography, and of KMS only that its calls are counted apart: a load of keys is a plan like
 * any other.
 */
@NullMarked
package io.ezypass.internal.run;

import org.jspecify.annotations.NullMarked;
