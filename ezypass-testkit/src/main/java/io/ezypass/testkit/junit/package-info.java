/**
 * JUnit Jupiter hands out repositories: {@link io.ezypass.testkit.junit.EzyPassTest} on a test
 * class, and its methods may ask for one.
 */
@NullMarked
package io.ezypass.testkit.junit;

import org.jspecify.annotations.NullMarked;
