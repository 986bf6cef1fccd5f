/**
 * One-time passwords of other sites, whose secrets are kept in a credential: {@link
 * io.ezypass.totp.Totp} makes the {@link io.ezypass.totp.TotpCode}s of RFC 6238. It sends nothing.
 */
@NullMarked
package io.ezypass.totp;

import org.jspecify.annotations.NullMarked;
