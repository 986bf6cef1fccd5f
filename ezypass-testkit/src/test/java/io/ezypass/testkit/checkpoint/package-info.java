/** What a snapshot of the process holds, and what restored processes have in common. */
@NullMarked
package io.ezypass.testkit.checkpoint;

import org.jspecify.annotations.NullMarked;
