/**
 * One suite for everything that claims to be a {@link io.ezypass.VaultRepository}: {@link
 * io.ezypass.testkit.contract.VaultRepositoryContract}, and {@link
 * io.ezypass.testkit.contract.AsyncVaultRepositoryContract} for the async twin. Subclasses name a
 * target and are otherwise empty. Needs JUnit Jupiter and AssertJ on the class path.
 */
@NullMarked
package io.ezypass.testkit.contract;

import org.jspecify.annotations.NullMarked;
