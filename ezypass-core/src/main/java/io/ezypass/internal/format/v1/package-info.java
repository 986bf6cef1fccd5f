/**
 * The stored bytes of format 1: header, context, payloads, padding, page token, pending write.
 * {@code docs/wire-format.md} describes them; a change here is a change there. Knows neither keys
 * nor attributes. Decoders bound every length before they allocate, refuse a trailing byte, and
 * throw {@link io.ezypass.internal.format.v1.MalformedException} only.
 */
@NullMarked
package io.ezypass.internal.format.v1;

import org.jspecify.annotations.NullMarked;
