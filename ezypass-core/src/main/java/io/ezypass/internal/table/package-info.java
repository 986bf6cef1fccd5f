/**
 * The key space: one table, no index, every read strongly consistent. The only package that builds
 * attribute values.
 *
 * <pre>
 * TABLE
 *   ROOT                        table id, wrapped lookup key, number of directory shards
 * U#&lt;userId&gt;                    one item collection per user
 *   BATCH#&lt;tag&gt;#&lt;chunk&gt;        the receipt of one chunk of a batch
 *   CRED#&lt;siteTag&gt;&lt;rand&gt;        a credential, or the forwarding row of one that moved
 *   KEYS                        the user's wrapped vault key; a tombstone once deleted
 *   PROFILE                     the user's profile
 *   REV#&lt;rand&gt;#&lt;version&gt;        an earlier version of a credential
 *   TRASH#&lt;rand&gt;                a credential in the trash
 * EMAIL#&lt;tag&gt;, NAME#&lt;tag&gt;
 *   CLAIM                       whose e-mail address, whose username
 * DUE#&lt;tag&gt;
 *   &lt;userId&gt;#&lt;rand&gt;             a credential whose password is to be changed by the day in the tag
 * USERS#&lt;shard&gt;
 *   &lt;userId&gt;                    the directory of all users
 * </pre>
 *
 * <p>{@code CRED# < KEYS < PROFILE} on purpose: one descending Query opens a vault, keys first.
 * Nothing else may ever sort inside that range.
 */
@NullMarked
package io.ezypass.internal.table;

import org.jspecify.annotations.NullMarked;
