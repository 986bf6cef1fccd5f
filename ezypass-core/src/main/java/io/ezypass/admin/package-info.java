/** What whoever operates the table needs: create, check, initialise, and what is left over. */
@NullMarked
package io.ezypass.admin;

import org.jspecify.annotations.NullMarked;
