/** Metrics of a vault by Micrometer: one class, to be copied into a service. */
@NullMarked
package io.ezypass.examples.micrometer;

import org.jspecify.annotations.NullMarked;
