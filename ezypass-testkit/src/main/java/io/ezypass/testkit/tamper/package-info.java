/**
 * Somebody who may write to the table: {@link io.ezypass.testkit.tamper.TamperSuite} damages, swaps
 * and copies items of every kind and expects each to be refused. Needs JUnit Jupiter and AssertJ on
 * the class path.
 *
 * <pre>
 * TamperSuite            what is attacked, as dynamic tests
 * ├─ TamperScene         two tables under one KMS key, with users and credentials
 * │  └─ Past             revisions and what is in the trash
 * ├─ Target              an item under attack, and ReadPath by ReadPath what reads it
 * ├─ Attack              one damaged item and the refusal it must meet
 * │  ├─ Damage           attacks on one attribute
 * │  ├─ Mixture          attacks that mix two items
 * │  └─ Copies           items that stand where they do not belong
 * ├─ TamperedReads        shows damaged items to the library     TamperedDynamoDb and its twin
 * └─ Refusals            checks and counts
 * </pre>
 */
@NullMarked
package io.ezypass.testkit.tamper;

import org.jspecify.annotations.NullMarked;
