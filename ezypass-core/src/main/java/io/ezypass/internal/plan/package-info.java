/**
 * Describe, then run: a use case is written once as a {@link io.ezypass.internal.plan.Plan}, and
 * {@code internal.run} interprets it, sync or async. Knows client types only in {@link
 * io.ezypass.internal.plan.Op}, and neither keys nor items.
 */
@NullMarked
package io.ezypass.internal.plan;

import org.jspecify.annotations.NullMarked;
