/**
 * The way in: {@link io.ezypass.EzyPass} opens a {@link io.ezypass.VaultRepository} or its async
 * twin on one DynamoDB table.
 */
@NullMarked
package io.ezypass;

import org.jspecify.annotations.NullMarked;
