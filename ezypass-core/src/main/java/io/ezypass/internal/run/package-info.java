/**
 * All I/O: the two runners that interpret a {@link io.ezypass.internal.plan.Plan}, sync and async,
 * and the key cache that they share. Knows nothing of items, KMS or cryptography: a load of keys is
 * a plan like any other.
 */
@NullMarked
package io.ezypass.internal.run;

import org.jspecify.annotations.NullMarked;
