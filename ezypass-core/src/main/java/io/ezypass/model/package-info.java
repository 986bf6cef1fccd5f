/** The immutable domain: users, credentials, secrets, pages. Depends on nothing but the JDK. */
@NullMarked
package io.ezypass.model;

import org.jspecify.annotations.NullMarked;
