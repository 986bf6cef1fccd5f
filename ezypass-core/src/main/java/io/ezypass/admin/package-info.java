/**
 * What whoever operates the table needs: {@link io.ezypass.admin.VaultAdmin}, what its long jobs
 * are told ({@link io.ezypass.admin.JobOptions}, {@link io.ezypass.admin.Mode}) and what they
 * report.
 *
 * <pre>
 * set up       TableOptions, TableCheck
 * migrate      MigrationReport for a key, MigrationSummary for a table
 * rotate       RotationReport for a user, RotationSummary for a table
 * repair       RepairReport for a user, RepairSummary for a table     Finding
 * </pre>
 */
@NullMarked
package io.ezypass.admin;

import org.jspecify.annotations.NullMarked;
