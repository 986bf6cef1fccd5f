/**
 * One class per use case, each returning a {@link io.ezypass.internal.plan.Plan}; beside them what
 * they share: how a plan gets at keys, how items are sealed and opened, what a failed write means.
 * Nothing here sends anything.
 */
@NullMarked
package io.ezypass.internal.op;

import org.jspecify.annotations.NullMarked;
