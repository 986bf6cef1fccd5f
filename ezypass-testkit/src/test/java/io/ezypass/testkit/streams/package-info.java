/** Publishers and streams over vaults of many pages. */
@NullMarked
package io.ezypass.testkit.streams;

import org.jspecify.annotations.NullMarked;
