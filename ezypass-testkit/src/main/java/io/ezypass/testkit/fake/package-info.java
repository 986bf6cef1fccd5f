/**
 * The in-memory fake: {@link io.ezypass.testkit.fake.InMemoryVaultRepository} and its async twin.
 *
 * <pre>
 * InMemoryVaultRepository, InMemoryVault              the sync views of one table
 * AsyncInMemoryVaultRepository, AsyncInMemoryVault    the async views, by a Starter
 * UserCalls, VaultCalls                               every operation once, for both
 * Table, Member, PageTokens, Script                   what is stored, and what shall fail
 * </pre>
 *
 * <p>It shares the model and the errors with the library and nothing else: it is written from the
 * interfaces' Javadoc, so that the contract suite compares two independent readings of it.
 */
@NullMarked
package io.ezypass.testkit.fake;

import org.jspecify.annotations.NullMarked;
