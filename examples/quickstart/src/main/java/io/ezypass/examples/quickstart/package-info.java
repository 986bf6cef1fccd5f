/**
 * A vault at work, end to end: start reading at {@link io.ezypass.examples.quickstart.Quickstart}.
 */
@NullMarked
package io.ezypass.examples.quickstart;

import org.jspecify.annotations.NullMarked;
