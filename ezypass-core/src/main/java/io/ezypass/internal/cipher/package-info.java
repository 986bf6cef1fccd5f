/**
 * The JCE's primitives and the one way they are put together. The only package that imports {@code
 * javax.crypto}; knows bytes, not items.
 */
@NullMarked
package io.ezypass.internal.cipher;

import org.jspecify.annotations.NullMarked;
