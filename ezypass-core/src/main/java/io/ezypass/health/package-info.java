/**
 * What is wrong with the passwords of a vault: {@link io.ezypass.health.HealthOptions} says what to
 * look for, {@link io.ezypass.health.HealthReport} what was found, in ids only.
 */
@NullMarked
package io.ezypass.health;

import org.jspecify.annotations.NullMarked;
