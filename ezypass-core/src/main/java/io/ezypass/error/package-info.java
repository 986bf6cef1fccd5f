/** The one tree of typed failures, rooted at {@link io.ezypass.error.VaultException}. */
@NullMarked
package io.ezypass.error;

import org.jspecify.annotations.NullMarked;
