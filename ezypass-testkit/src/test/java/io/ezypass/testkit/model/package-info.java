/** The fake and the library do the same, operation by operation. */
@NullMarked
package io.ezypass.testkit.model;

import org.jspecify.annotations.NullMarked;
