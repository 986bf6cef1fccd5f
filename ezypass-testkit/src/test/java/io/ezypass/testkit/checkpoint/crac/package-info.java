/**
 * A stand-in for the JVM's own CRaC API, which {@code org.crac.Core} looks for by reflection under
 * the package that the system property {@code org.crac.Core.Compat} names. Runs the hooks and
 * stores no snapshot.
 */
@NullMarked
package io.ezypass.testkit.checkpoint.crac;

import org.jspecify.annotations.NullMarked;
