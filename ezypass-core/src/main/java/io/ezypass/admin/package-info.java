/**
 * What whoever operates the table needs: create, check, initialise, what is left over, and repair.
 */
@NullMarked
package io.ezypass.admin;

import org.jspecify.annotations.NullMarked;
